import { type Ending, type Program, type ProgramOptions, runProgram } from './program.ts';

/** A running server: the real process, with its store in another one. */
export interface Server {
  readonly url: string;
  readonly program: Program;
  /** Resolves when it has logged this. */
  logged(pattern: RegExp, ms?: number): Promise<RegExpExecArray>;
  /** kill -9, as the kernel does it when memory runs out. */
  kill(): Promise<void>;
  /** SIGTERM, as a service manager does it. */
  stop(): Promise<Ending>;
}

/** Starts a server on any free port; resolves when it says that it is ready. */
export async function startServer(options: Omit<ProgramOptions, 'args'>): Promise<Server> {
  const program = runProgram({ ...options, args: ['start'], env: { PORT: '0', ...options.env } });
  const ready = await program.wrote('stdout', /Ringdesk is ready: (\S+)/);
  return {
    url: ready[1] ?? '',
    program,
    logged: (pattern, ms) => program.wrote('stderr', pattern, ms),
    async kill() {
      program.signal('SIGKILL');
      await program.ended();
    },
    async stop() {
      program.signal('SIGTERM');
      return program.ended();
    },
  };
}
