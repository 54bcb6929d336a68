import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { changedPaths, featureWords, planFeature } from './plan.ts';

/** `npm run new:feature -- NAME [ONE]`: writes the skeleton of a feature and its lines in the lists. CONTRIBUTING.md goes on from there. */

const root = join(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

try {
  run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

function run(): void {
  const words = featureWords(process.argv[2], process.argv[3]);
  const files = join(import.meta.dirname, 'files');
  const planned = planFeature(words, {
    skeleton: new Map(
      readdirSync(files).map((name) => [name.replace(/\.txt$/, ''), readFileSync(join(files, name), 'utf8')]),
    ),
    house: new Map(changedPaths.map((path) => [path, read(path)])),
  });
  const own = [...planned.keys()].filter((path) => !changedPaths.includes(path));
  const taken = own.find((path) => existsSync(join(root, path)));
  if (taken !== undefined) throw new Error(`${taken} is there already: nothing was written.`);
  for (const [path, text] of planned) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const checked = [...planned.keys()].filter((path) => /\.(tsx?|json|css)$/.test(path));
  npm('exec', '--', 'biome', 'check', '--write', ...checked);
  npm('run', '--silent', 'openapi');
  console.log(`Written:\n${own.map((path) => `  ${path}`).join('\n')}`);
  console.log(`One line or two each:\n${changedPaths.map((path) => `  ${path}`).join('\n')}`);
  console.log('Next: CONTRIBUTING.md, step 2.');
}

/** @throws Error when it fails; what it says stands above */
function npm(...args: readonly string[]): void {
  const { status } = spawnSync('npm', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed: the files are written, look at them.`);
}
