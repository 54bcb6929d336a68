import { buffer } from 'node:stream/consumers';
import { toE164 } from '@ringdesk/shared/phone';
import { Refusal } from '../../../../platform/errors.ts';
import { type FromReader, type ReadBatch, toReader } from './messages.ts';
import { type ReadableFile, readFile } from './read-file.ts';

/**
 * The process that reads a file of customers: whatever the file is, it is this process that grows, hangs or dies of it, and not the one that the
 * calls go through. The file comes by standard input, the region as an argument.
 */

const [region = ''] = process.argv.slice(2);

function say(message: FromReader): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(message, undefined, {}, (error) => (error === null ? resolve() : reject(error)));
  });
}

async function sayRefused(error: unknown): Promise<void> {
  if (!(error instanceof Refusal)) return say({ kind: 'broke', where: whereOf(error) });
  const { code, message, fields } = error;
  await say({ kind: 'refused', code, message, ...(fields === undefined ? {} : { fields: [...fields] }) });
}

function whereOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return [error.name, ...frames.slice(0, 5)].join('\n');
}

/** What a line's phones are asked for twice is known the second time; numbers repeat where families and companies share one. */
function remembered(numberOf: (text: string) => string | null): (text: string) => string | null {
  const mostKept = 1000;
  const known = new Map<string, string | null>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const number = numberOf(text);
    if (known.size >= mostKept) known.clear();
    known.set(text, number);
    return number;
  };
}

let file: ReadableFile | null = null;
let batches: AsyncGenerator<ReadBatch> | null = null;

process.on('message', (message) => {
  const asked = toReader.parse(message);
  if (asked.kind === 'read') batches = file?.batches(asked.fields, asked.dryRun) ?? null;
  else if (batches !== null)
    void batches.next().then(({ value, done }) => say(done === true ? { kind: 'end' } : value), sayRefused);
});
// The server ended, or wants no more of this file.
process.on('disconnect', () => process.exit());

try {
  file = await readFile(
    await buffer(process.stdin),
    remembered((text) => toE164(text, region)),
  );
  await say(file.understood);
} catch (error) {
  await sayRefused(error);
}
