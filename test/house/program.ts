import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** As the command itself asks for it in its first line. */
const asShipped = ['--max-semi-space-size=32'];
const script = join(import.meta.dirname, '../../server/cli/ringdesk.js');

/** How a process ended: its exit code, or null and the signal that killed it. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** One run of the real command, as a process of its own. */
export interface Program {
  readonly pid: number;
  stdout(): string;
  stderr(): string;
  /** Resolves with the match, also when it was written before; rejects when the process ends without it, or after `ms`. */
  wrote(stream: 'stdout' | 'stderr', pattern: RegExp, ms?: number): Promise<RegExpExecArray>;
  signal(name: NodeJS.Signals): void;
  /** Resolves when it has ended; rejects when it has not after `ms`. */
  ended(ms?: number): Promise<Ending>;
}

export interface ProgramOptions {
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  /** Its working directory: no `ringdesk.json` of somebody else lies there. */
  cwd: string;
  stdin?: string;
  /** What the shell's `ulimit` says before, e.g. `-n 120`: https://man7.org/linux/man-pages/man1/bash.1.html */
  limits?: string;
}

/** Starts `ringdesk …` with this environment and nothing else of ours. */
export function runProgram({ args, env, cwd, stdin, limits }: ProgramOptions): Program {
  const command = [process.execPath, ...asShipped, script, ...args];
  const limited = limits === undefined ? [] : ['sh', '-c', `ulimit ${limits}; exec "$@"`, 'sh'];
  const [file = '', ...rest] = [...limited, ...command];
  const child = spawn(file, rest, {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  const readers = new Set<() => void>();
  let ending: Ending | null = null;
  const changed = () => {
    for (const read of [...readers]) read();
  };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      text[stream] += chunk;
      changed();
    });
  // 'close' would wait for its own children, which may live on for a moment with the same standard error.
  child.once('exit', (code, signal) =>
    setImmediate(() => {
      ending = { code, signal };
      changed();
    }),
  );
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin ?? '');

  /** Resolves when `look` gives something; it is asked whenever the process wrote or ended. */
  function until<T>(what: string, ms: number, look: () => T | null): Promise<T> {
    return new Promise((resolve, reject) => {
      const fail = (why: string) => {
        finish();
        reject(new Error(`${what}: ${why}\n${text.stdout}${text.stderr.slice(-4000)}`));
      };
      const timer = setTimeout(() => fail(`not within ${ms} ms`), ms);
      const finish = () => {
        clearTimeout(timer);
        readers.delete(read);
      };
      const read = () => {
        const found = look();
        if (found !== null) {
          finish();
          resolve(found);
        } else if (ending !== null) fail(`the process ended with ${ending.signal ?? ending.code}`);
      };
      readers.add(read);
      read();
    });
  }

  return {
    pid: child.pid ?? 0,
    stdout: () => text.stdout,
    stderr: () => text.stderr,
    wrote: (stream, pattern, ms = 60_000) =>
      until(`${pattern} on ${stream}`, ms, () => pattern.exec(text[stream])),
    signal: (name) => void child.kill(name),
    ended: (ms = 60_000) => until('the end of the process', ms, () => ending),
  };
}
