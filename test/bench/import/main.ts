import { execFileSync } from 'node:child_process';
import { createCustomers } from '../../../server/features/customers/index.ts';
import { openTestStore } from '../../integration/database.ts';
import { numberOptions } from '../options.ts';

/**
 * The dry run of a file in which every line is another customer, which is the dearest one: how long it takes, and how much memory this process, the one
 * that reads the file, and the store take at most. Prints a line each 10 s, and one JSON line at the end.
 */
const { lines } = numberOptions({ lines: 200_000 });
const sampleMs = 1000;

/** 18 bytes a line, so that a million of them are below the limit of a file. */
function* rows(): Generator<string> {
  yield 'name;phone\n';
  for (let n = 0; n < lines; n += 1) yield `N${n.toString(36)};${89_100_000_000 + n * 7}\n`;
}

/** Resident memory of this process and of those that it started, MB. */
function residentMb(): Record<'server' | 'reader' | 'store', number> {
  const mb = { server: 0, reader: 0, store: 0 };
  const list = execFileSync('ps', ['-eo', 'pid=,ppid=,rss=,args='], { encoding: 'utf8' });
  for (const line of list.split('\n')) {
    const [pid, parent, rss, ...args] = line.trim().split(/\s+/);
    const own = Number(pid) === process.pid;
    if (!own && Number(parent) !== process.pid) continue;
    if (args[0] === 'ps') continue;
    mb[own ? 'server' : args.join(' ').includes('reading/process') ? 'reader' : 'store'] +=
      Number(rss) / 1024;
  }
  return mb;
}

const bytes = new TextEncoder().encode([...rows()].join(''));
const database = await openTestStore();
const customers = createCustomers({ store: database.store, region: 'RU' });
await database.store.prepared();
const peak = { server: 0, reader: 0, store: 0 };
const start = performance.now();
const state = await customers.imports.start(bytes, { dryRun: true });
for (let sample = 1; state.state === 'running'; sample += 1) {
  await new Promise((resolve) => setTimeout(resolve, sampleMs));
  const now = residentMb();
  for (const name of ['server', 'reader', 'store'] as const)
    peak[name] = Math.max(peak[name], Math.round(now[name]));
  if (sample % 10 === 0)
    process.stderr.write(`${state.lines.done} of ${lines} lines, ${JSON.stringify(peak)} MB\n`);
}
const seconds = Math.round((performance.now() - start) / 1000);
await database.close();
const { created, rejectedLines, possibleDuplicates } = state.report;
console.log(JSON.stringify({ lines, seconds, peakMb: peak, created, rejectedLines, possibleDuplicates }));
process.exitCode = state.state === 'done' && created === lines && possibleDuplicates === 0 ? 0 : 1;
