#!/usr/bin/env node
// @ts-check
/**
 * `npm start` on a bare checkout: installs the packages when they are lacking, builds the page when it is lacking or older than its sources,
 * then starts. Plain JavaScript on Node's own modules, because it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { modulesAreCurrent } from './modules.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Ringdesk needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(2);
}

if (!modulesAreCurrent(root))
  must('Installing packages (once)…', 'npm', ['ci', '--no-progress', '--loglevel=error']);
if (newest(join(root, 'agent-ui/src'), join(root, 'shared')) > builtAt())
  must('Building the page…', process.execPath, [
    join(root, 'node_modules/vite/bin/vite.js'),
    'build',
    'agent-ui',
    '--logLevel',
    'warn',
  ]);

const { register } = await import('tsx/esm/api');
register();
const { run } = await import('./main.ts');
await run(['start', ...process.argv.slice(2)]);

/**
 * @param {string} what
 * @param {string} command
 * @param {string[]} args
 */
function must(what, command, args) {
  console.error(what);
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status === 0) return;
  console.error(`'${command} ${args.join(' ')}' failed; see above.`);
  process.exit(1);
}

function builtAt() {
  const page = join(root, 'agent-ui/dist/index.html');
  return existsSync(page) ? statSync(page).mtimeMs : 0;
}

/** @param {string[]} folders */
function newest(...folders) {
  return Math.max(
    ...folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
        .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
    ),
  );
}
