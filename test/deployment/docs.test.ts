import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the documents name is there: paths, links, commands, packages. */

const documents = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...markdownBelow('docs')];
const read = (path: string) => readFileSync(path, 'utf8');

function markdownBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join(folder, path));
}

/** `a/{b,c}.ts` is two paths. */
function expanded(path: string): string[] {
  const choice = /^(.*?)\{([^{}]*)\}(.*)$/.exec(path);
  if (choice === null) return [path];
  const [, before = '', among = '', after = ''] = choice;
  return among.split(',').flatMap((one) => expanded(before + one + after));
}

/** Paths from the top of the repository that stand in backticks; `NAME` stands for a feature that is to be written. */
function pathsIn(text: string): string[] {
  const inBackticks = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return inBackticks
    .flatMap((code) => code.split(/\s+/))
    .filter((word) => /^(server|shared|agent-ui|test|docs)\/[\w./{},*@-]*$/.test(word) && !/name/i.test(word))
    .flatMap(expanded);
}

/** Of a pattern, the folder it begins with. */
const isThere = (path: string) => existsSync(path.split('*')[0] ?? path);

test.each(documents)('%s names no path that is not there', (document) => {
  const missing = pathsIn(read(document)).filter((path) => !isThere(path));
  expect(missing).toEqual([]);
});

test.each(documents)('%s links to what is there', (document) => {
  const prose = read(document).replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, '');
  const links = [...prose.matchAll(/\]\(([^)#\s]+)/g)].map(([, link = '']) => link);
  const missing = links
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => !existsSync(join(dirname(document), link)));
  expect(missing).toEqual([]);
});

test.each(documents)('%s names no npm script that is not there', (document) => {
  const { scripts } = JSON.parse(read('package.json'));
  const named = [...read(document).matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test('the documents name so many paths that finding none would be noticed', () => {
  expect(pathsIn(read('docs/architecture.md')).length).toBeGreaterThan(30);
});

/** The packages that the table in README explains. */
function explained(): string[] {
  const table = read('README.md').split('## Built on')[1] ?? '';
  const cells = [...table.matchAll(/^\| (`.*?) \|/gm)].map(([, cell = '']) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
}

const manifests = ['package.json', 'server/package.json', 'agent-ui/package.json', 'shared/package.json'].map(
  (path) => JSON.parse(read(path)),
);
const own = (name: string) => name.startsWith('@ringdesk/');

test('README says of every package that serves at run time why it is there', () => {
  const needed = manifests.flatMap(({ dependencies = {} }) => Object.keys(dependencies));
  expect([...new Set(needed)].filter((name) => !own(name) && !explained().includes(name))).toEqual([]);
});

test('README explains no package that is not used', () => {
  const used = manifests.flatMap(({ dependencies = {}, devDependencies = {} }) => [
    ...Object.keys(dependencies),
    ...Object.keys(devDependencies),
  ]);
  expect(explained().filter((name) => !used.includes(name))).toEqual([]);
});

test('README lists every command of the program', () => {
  const commands = readdirSync('server/cli/commands')
    .map((file) => read(join('server/cli/commands', file)))
    .flatMap((source) => [...source.matchAll(/new Command\('(\w+)'\)/g)].map(([, name = '']) => name));
  const listed = /`npx ringdesk ([\w |]+)`, each/.exec(read('README.md'))?.[1]?.split(' | ') ?? [];
  expect(listed.sort()).toEqual(commands.sort());
});
