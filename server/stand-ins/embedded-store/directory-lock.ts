import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** When a process started, in clock ticks since boot: tells a process from a later one with the same number. Linux only. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/** Of an error of Node's own modules. */
function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function readOwner(file: string): { pid: number; start: string } | undefined {
  try {
    const [pid = '', start = ''] = readFileSync(file, 'utf8').trim().split(' ');
    return { pid: Number(pid), start };
  } catch {
    return undefined;
  }
}

/** Takes a directory for this process alone. A lock left behind by a dead process is taken over. Throws DirectoryInUse. */
export function lockDirectory(dir: string): { release: () => void } {
  mkdirSync(dir, { recursive: true });
  const file = path.join(dir, 'owner.pid');
  const own = `${process.pid} ${startOf(process.pid) ?? ''}\n`;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      writeFileSync(file, own, { flag: 'wx' });
      return { release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    const owner = readOwner(file);
    const start = owner === undefined ? undefined : startOf(owner.pid);
    const living =
      owner !== undefined &&
      Number.isInteger(owner.pid) &&
      owner.pid > 0 &&
      isAlive(owner.pid) &&
      (start === undefined || owner.start === '' || start === owner.start);
    if (living) throw new DirectoryInUse(dir, owner.pid);
    rmSync(file, { force: true });
  }
  throw new Error(`The lock ${file} cannot be taken: another process keeps making it anew`);
}
