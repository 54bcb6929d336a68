import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changedPaths, featureWords, planFeature } from './plan.ts';

const files = join(__dirname, 'files');
const skeleton = new Map(
  readdirSync(files).map((name) => [name.replace('.txt', ''), readFileSync(join(files, name), 'utf8')]),
);
const house = new Map(changedPaths.map((path) => [path, readFileSync(path, 'utf8')]));

test('every list of the house still has the place where a new feature puts its line', () => {
  const planned = planFeature({ plural: 'replies', singular: 'reply' }, { skeleton, house });
  for (const path of changedPaths) {
    const before = new Set(house.get(path)?.split('\n'));
    const added = (planned.get(path) ?? '').split('\n').filter((line) => !before.has(line));
    expect([path, added.join('\n')]).toEqual([path, expect.stringMatching(/repl(y|ies)/)]);
  }
});

test('the skeleton speaks of the feature in its own words, and of nothing else', () => {
  const planned = planFeature({ plural: 'replies', singular: 'reply' }, { skeleton, house });
  for (const [path, text] of planned) expect([path, /gadget/i.test(path + text)]).toEqual([path, false]);
  expect(planned.get('server/features/replies/routes.ts')).toContain('replyRoutes({ replies }');
});

test('one of them is the plural without its s, unless it is said', () => {
  expect(featureWords('complaints')).toEqual({ plural: 'complaints', singular: 'complaint' });
  expect(featureWords('replies', 'reply')).toEqual({ plural: 'replies', singular: 'reply' });
});

test.each([[undefined], ['Complaints'], ['staff'], ['../x'], ['my-things']])(
  '%p names no feature',
  (name) => {
    expect(() => featureWords(name)).toThrow('in small letters');
  },
);
