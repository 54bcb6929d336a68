import { chmodSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const groupAndOthers = 0o077;
/** Everybody may write, and nobody remove what is another's: a folder for all, as /tmp. */
const sticky = 0o1000;

/** What stands in a data directory, ours alone. */
const ours: ReadonlySet<string> = new Set([
  'store',
  'journal',
  'outbox.jsonl',
  'session-secret',
  'owner.pid',
  'demo',
]);

/**
 * Takes the rights of others from the data directory and from what we keep in it: numbers, notes and password hashes stand there.
 * @returns what could not be closed, with why; empty when all is closed
 */
export function keepPrivate(dir: string): string[] {
  return closeTo(dir, (name) => [...ours].some((known) => name === known || name.startsWith(`${known}.`)));
}

/** What others may read or write now, as paths. */
export function openToOthers(dir: string): string[] {
  const found: string[] = [];
  visit(dir, (path, mode) => {
    if ((mode & groupAndOthers) !== 0) found.push(path);
  });
  return found;
}

function closeTo(dir: string, isOurs: (name: string) => boolean): string[] {
  const failed: string[] = [];
  visit(dir, (path, mode) => {
    if ((mode & groupAndOthers) === 0) return;
    if (path !== dir && !isOurs(path.slice(dir.length + 1).split('/')[0] ?? '')) return;
    if ((mode & sticky) !== 0) {
      failed.push(`${path} is a folder for all: give Ringdesk one of its own with DATA_DIR`);
      return;
    }
    try {
      chmodSync(path, mode & 0o700);
    } catch (error) {
      failed.push(String(error).replace(/^Error: /, ''));
    }
  });
  return failed;
}

/** The folder itself, then all below it; links are not followed, and what is gone meanwhile is left out. */
function visit(path: string, look: (path: string, mode: number) => void): void {
  try {
    const found = lstatSync(path);
    if (found.isSymbolicLink()) return;
    look(path, found.mode & 0o7777);
    if (found.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name), look);
  } catch {
    // Nobody can read what we cannot, or it is gone.
  }
}
