import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Another living process has the directory. */
export class DirectoryInUse extends Error {
  readonly pid: number;

  constructor(dir: string, pid: number) {
    super(
      `The store in ${dir} is in use by process ${pid}. Stop that process, or give this one a directory of its own.`,
    );
    this.name = 'DirectoryInUse';
    this.pid = pid;
  }
}

interface FileLocks {
  /** Of the open file, not of the process: it ends with the last of its descriptors. @returns false when another has it */
  tryLock(fd: number): boolean;
}

/** Null where its native part is not built for this system: then the number of the process alone tells. */
const locks: FileLocks | null = (() => {
  try {
    return createRequire(path.join(import.meta.dirname, 'index.ts'))('fs-native-extensions');
  } catch {
    return null;
  }
})();

/** When a process started, in clock ticks since boot: tells a process from a later one with the same number. Linux only. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EPERM';
  }
}

function readOwner(file: string): { pid: number; start: string } {
  const [pid = '', start = ''] = readFileSync(file, 'utf8').trim().split(' ');
  return { pid: Number(pid), start };
}

function ownerLives({ pid, start }: { pid: number; start: string }): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return false;
  const now = startOf(pid);
  return now === undefined || start === '' || now === start;
}

/**
 * Takes a directory for this process alone, by a lock of the kernel: it ends with the process, whatever way that ends, and processes of other
 * containers see it too. The file with the number of the owner stays; it is for people.
 * @throws DirectoryInUse
 */
export function lockDirectory(dir: string): { release: () => void } {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = path.join(dir, 'owner.pid');
  const fd = openSync(file, 'a+', 0o600);
  const owner = readOwner(file);
  if (locks === null ? ownerLives(owner) : !locks.tryLock(fd)) {
    closeSync(fd);
    throw new DirectoryInUse(dir, owner.pid);
  }
  try {
    ftruncateSync(fd, 0);
    writeSync(fd, `${process.pid} ${startOf(process.pid) ?? ''}\n`);
  } catch {
    // A full disk: the lock holds without its note.
  }
  return {
    release() {
      try {
        ftruncateSync(fd, 0);
      } catch {
        // Only the note stays.
      }
      closeSync(fd);
    },
  };
}
