import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

/**
 * Builds the page and says how much of it goes over the wire, compressed, as JSON on the last line; ends with 1 above a budget.
 * `npm run size`
 */

const root = import.meta.dirname;
const dist = join(root, 'dist');
/** What a browser has fetched when the log-in, and when the desk after it, can be used; kB of 1000 bytes. */
const budgets = { login: 120, desk: 300 };
/** One language is fetched: the larger. */
const language = 'ru';

interface Chunk {
  file: string;
  imports?: string[];
  css?: string[];
  assets?: string[];
}

await build({ root, logLevel: 'warn', build: { manifest: true } });
const manifest: Record<string, Chunk> = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));

/** A module's file and all that it needs before it runs. */
function filesOf(module: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[module];
  if (!chunk) throw new Error(`The build has no ${module}`);
  if (found.has(chunk.file)) return found;
  for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) found.add(file);
  for (const each of chunk.imports ?? []) filesOf(each, found);
  return found;
}

function wireBytes(file: string): number {
  const path = join(dist, file);
  const compressed = statSync(`${path}.br`, { throwIfNoEntry: false });
  return (compressed ?? statSync(path)).size;
}

const login = new Set(['index.html']);
for (const module of ['index.html', `src/platform/i18n/locales/${language}/index.ts`])
  for (const file of filesOf(module)) login.add(file);
const desk = new Set(login);
const features = ['desk', 'customers', 'interactions', 'tasks'].map(
  (feature) => `src/features/${feature}/locales/${language}.json`,
);
const pieces = ['pieces', 'frame'].map((name) => `src/platform/i18n/locales/${language}/${name}.json`);
for (const module of ['src/app/LoggedIn.tsx', 'src/features/desk/Desk.tsx', ...pieces, ...features])
  for (const file of filesOf(module)) desk.add(file);

/** Nothing waits for a font (`font-display: optional`), and it is fetched once and kept: told apart from what must be there. */
const isFont = (file: string) => file.endsWith('.woff2');
const kB = (files: readonly string[]) =>
  Math.round(files.reduce((sum, file) => sum + wireBytes(file), 0) / 100) / 10;
for (const file of desk)
  console.log(`${String(wireBytes(file)).padStart(8)} ${login.has(file) ? 'log-in' : 'desk  '} ${file}`);
const needed = (files: Set<string>) => [...files].filter((file) => !isFont(file));
const sizes = { login: kB(needed(login)), desk: kB(needed(desk)), font: kB([...desk].filter(isFont)) };
console.log(JSON.stringify({ ...sizes, budgets }));
if (sizes.login > budgets.login || sizes.desk > budgets.desk) process.exitCode = 1;
