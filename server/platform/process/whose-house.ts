import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart } from './cannot-start.ts';

/** What a house leaves in its data directory. */
const traces = ['store', 'journal', 'outbox.jsonl', 'session-secret'];
const mark = 'demo';

interface HouseSettings {
  dataDir: string;
  host: string;
  mongoUrl: string | null;
  pbx: readonly unknown[];
}

/**
 * Whether the demo is to serve: without a PBX in the settings, on this machine alone, in a data directory that was made for it. Its passwords are known
 * to all and its contacts are invented, so a setting that was lost must never open a real house, and neither may be mixed into the other.
 * @throws CannotStart with one line that says what to do
 */
export function demoServes(settings: HouseSettings): boolean {
  const { dataDir, mongoUrl, pbx } = settings;
  const marked = existsSync(join(dataDir, mark));
  if (pbx.length > 0) {
    if (marked)
      throw new CannotStart(
        `The data directory ${dataDir} was made for the demo, and its contacts are invented. Give the house a directory of its own with DATA_DIR.`,
      );
    if (mongoUrl === null) requireItsStore(dataDir);
    return false;
  }
  const why = whyNoDemo({ ...settings, marked });
  if (why !== null)
    throw new CannotStart(
      `No PBX is set (PBX_HOST or pbx in ringdesk.json), and the demo does not serve ${why}. Set the PBX; for the demo take an empty DATA_DIR, HOST=127.0.0.1 and no MONGODB_URL.`,
    );
  if (!marked) writeMark(dataDir);
  return true;
}

function whyNoDemo({ dataDir, host, mongoUrl, marked }: HouseSettings & { marked: boolean }): string | null {
  if (mongoUrl !== null) return 'in a database of MONGODB_URL';
  if (!isLoopback(host)) return `to other machines (HOST is ${host})`;
  if (!marked && traces.some((name) => existsSync(join(dataDir, name))))
    return `in ${dataDir}, which was not made for it`;
  return null;
}

function writeMark(dataDir: string): void {
  try {
    writeFileSync(
      join(dataDir, mark),
      'This directory was made for the demo: its people and calls are invented.\n',
      {
        mode: 0o600,
      },
    );
  } catch (error) {
    const why = String(error).replace(/^Error: /, '');
    throw new CannotStart(`The data directory ${dataDir} cannot be written (${why}).`, { cause: error });
  }
}

/** A journal beside no store: the records are elsewhere, or gone, and a new empty store would hide it. */
function requireItsStore(dataDir: string): void {
  const journal = join(dataDir, 'journal');
  if (existsSync(join(dataDir, 'store/data.mdb')) || !existsSync(journal)) return;
  if (!readdirSync(journal).some((name) => name.endsWith('.ami'))) return;
  throw new CannotStart(
    `${dataDir} has a journal of calls but no store: MONGODB_URL is lost, or the store was removed. Set it, bring a backup back with 'ringdesk restore FOLDER', or move ${journal} away to begin with nothing.`,
  );
}

/** An address that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
