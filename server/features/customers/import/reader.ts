import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { setPriority } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ImportField } from '@ringdesk/shared/customer-import';
import { Refusal } from '../../../platform/errors.ts';
import {
  type FromReader,
  fromReader,
  type ReadBatch,
  type ToReader,
  type Understood,
} from './reading/messages.ts';
import { unreadableFile } from './reading/unreadable-file.ts';

/** A file of customers, read in a process of its own. */
export interface FileReader {
  readonly understood: Understood;
  /** The lines, as many at a time as are asked for. @throws Refusal `bad-input`, `too-large` */
  batches(fields: readonly (ImportField | null)[], dryRun: boolean): AsyncGenerator<ReadBatch>;
  /** Ends the process, whatever it is doing. */
  close(): void;
}

/** Heap of the process, MB: a file of 20 MB needs a tenth of it, and one that needs more is no list of customers. */
const heapMb = 512;
const niceness = 5;

/**
 * @param region where a phone without a country code is at home (ISO 3166-1 alpha-2)
 * @throws Refusal `bad-input`, `too-large`: what is wrong with the file
 */
export async function openReader(bytes: Uint8Array, region: string): Promise<FileReader> {
  const child = startProcess(region);
  const said = messagesOf(child);
  child.stdin?.on('error', () => {});
  child.stdin?.end(bytes);
  try {
    const understood = await said.next();
    if (understood.kind !== 'understood') throw new Error(`The reader began with ${understood.kind}`);
    return {
      understood,
      async *batches(fields, dryRun) {
        giveWay(child);
        ask(child, { kind: 'read', fields: [...fields], dryRun });
        for (;;) {
          ask(child, { kind: 'more' });
          const message = await said.next();
          if (message.kind !== 'batch') return;
          yield message;
        }
      },
      close: () => child.kill('SIGKILL'),
    };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

function startProcess(region: string): ChildProcess {
  const here = import.meta.dirname;
  const loader = createRequire(path.join(here, 'reader.ts')).resolve('tsx');
  return fork(path.join(here, 'reading', 'process.ts'), [region], {
    execArgv: [`--max-old-space-size=${heapMb}`, '--import', pathToFileURL(loader).href],
    serialization: 'advanced',
    // Its last words are V8's, about its memory: what is told of them is the refusal below.
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
  });
}

/** Calls go first where the machine has too much to do. Its start is not held up: somebody waits for it. */
function giveWay({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, niceness);
  } catch {
    // It has ended; what is asked of it next is told so.
  }
}

function ask(child: ChildProcess, message: ToReader): void {
  if (child.connected) child.send(message, () => {});
}

/** What the process says, one at a time; a Refusal when it refuses, or dies. */
function messagesOf(child: ChildProcess): { next(): Promise<FromReader> } {
  const come: unknown[] = [];
  let wake: () => void = () => {};
  let ended: Error | null = null;
  child.on('message', (message) => {
    come.push(message);
    wake();
  });
  const end = (why: Error) => {
    ended ??= why;
    wake();
  };
  child.on('error', end);
  // V8 without memory aborts, the kernel without memory kills; a fault of ours says so before it exits.
  child.on('exit', (code, signal) =>
    end(
      signal === null
        ? new Error(`The process that reads the file ended with code ${code}`)
        : unreadableFile(
            'memory',
            'The file needs more memory than an import may take. Nothing more was imported: cut it in parts, each with the line of column names.',
            { code: 'too-large' },
          ),
    ),
  );
  return {
    async next() {
      while (come.length === 0) {
        if (ended !== null) throw ended;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const message = fromReader.parse(come.shift());
      if (message.kind === 'broke')
        throw new Error(`The process that reads the file broke: ${message.where}`);
      if (message.kind !== 'refused') return message;
      const { code, message: text, fields } = message;
      throw new Refusal(code, text, fields === undefined ? {} : { fields });
    },
  };
}
