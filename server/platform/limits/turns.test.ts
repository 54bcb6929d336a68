import { createTurns } from './turns.ts';

/** A work that goes on until it is told to end. */
function aWork() {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { run: () => ended, end };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('two go on at once, the others wait in their order', async () => {
  const turns = createTurns({ atOnce: 2, waiting: 10, patienceMs: 60_000 });
  const begun: string[] = [];
  const works = ['a', 'b', 'c', 'd'].map((name) => ({ name, ...aWork() }));
  const all = works.map(({ name, run }) =>
    turns.take(name, () => {
      begun.push(name);
      return run();
    }),
  );
  await settle();
  expect([begun, turns.waiting]).toEqual([['a', 'b'], 2]);
  works[1]?.end();
  await settle();
  expect(begun).toEqual(['a', 'b', 'c']);
  for (const { end } of works) end();
  await Promise.all(all);
  expect(turns.waiting).toBe(0);
});

test('who comes first by right comes before all others that wait', async () => {
  const turns = createTurns({ atOnce: 1, waiting: 10, patienceMs: 60_000 });
  const begun: string[] = [];
  const busy = aWork();
  const note = (name: string) => async () => void begun.push(name);
  const all = [
    turns.take('busy', busy.run),
    turns.take('a', note('a')),
    turns.take('b', note('b'), { first: true }),
  ];
  busy.end();
  await Promise.all(all);
  expect(begun).toEqual(['b', 'a']);
});

test('a full line refuses at once, and one alone does not fill it', async () => {
  const turns = createTurns({ atOnce: 1, waiting: 3, waitingOfOne: 2, patienceMs: 60_000 });
  const busy = aWork();
  const nothing = () => Promise.resolve('done');
  const all = [turns.take('x', busy.run), turns.take('x', nothing), turns.take('x', nothing)];
  await expect(turns.take('x', nothing)).rejects.toMatchObject({ code: 'too-many-attempts' });
  all.push(turns.take('y', nothing));
  await expect(turns.take('z', nothing)).rejects.toMatchObject({ code: 'too-many-attempts' });
  busy.end();
  await Promise.all(all);
});

test('those who come first have a line of their own: the others cannot fill it', async () => {
  const turns = createTurns({ atOnce: 1, waiting: 2, waitingOfOne: 1, patienceMs: 60_000 });
  const busy = aWork();
  const nothing = () => Promise.resolve('done');
  const all = [turns.take('x', busy.run), turns.take('x', nothing), turns.take('y', nothing)];
  await expect(turns.take('z', nothing)).rejects.toMatchObject({ code: 'too-many-attempts' });
  all.push(turns.take('x', nothing, { first: true }), turns.take('z', nothing, { first: true }));
  await expect(turns.take('w', nothing, { first: true })).rejects.toMatchObject({ status: 429 });
  busy.end();
  await Promise.all(all);
});

test('nobody waits longer than the patience', async () => {
  const turns = createTurns({ atOnce: 1, waiting: 3, patienceMs: 1 });
  const busy = aWork();
  const going = turns.take('x', busy.run);
  await expect(turns.take('y', () => Promise.resolve())).rejects.toMatchObject({ status: 429 });
  expect(turns.waiting).toBe(0);
  busy.end();
  await going;
  expect(await turns.take('y', () => Promise.resolve('after'))).toBe('after');
});

test('a work that fails gives its turn on', async () => {
  const turns = createTurns({ atOnce: 1, waiting: 3, patienceMs: 60_000 });
  const failing = turns.take('x', () => Promise.reject(new Error('broken')));
  const next = turns.take('y', () => Promise.resolve('next'));
  await expect(failing).rejects.toThrow('broken');
  expect(await next).toBe('next');
});
