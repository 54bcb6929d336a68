import { type FileHandle, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A line that says that the item of this number was delivered. */
interface DoneLine {
  done: number;
}
interface ItemLine {
  n: number;
  item: unknown;
}

export interface OutboxFile {
  /** Resolves when the item is on disk (fsync). Items that come while one is being written go together. */
  append(n: number, item: unknown): Promise<void>;
  /** Need not be on disk at once: a delivery that is repeated does no harm. */
  done(n: number): void;
  /** Empties the file; only when nothing in it waits any more. */
  clear(): void;
  close(): Promise<void>;
}

/**
 * An append-only file of JSON lines. Opening it reads what is not done, and writes a new file with only that.
 * A last line that was cut off by a crash was never acknowledged and is left out.
 */
export async function openOutboxFile(path: string): Promise<{ file: OutboxFile; waiting: ItemLine[] }> {
  await mkdir(dirname(path), { recursive: true });
  const waiting = readWaiting(await readFile(path, 'utf8').catch(ignoreMissing));
  const fresh = `${path}.new`;
  const writer = await open(fresh, 'w');
  await writer.writeFile(waiting.map((line) => `${JSON.stringify(line)}\n`).join(''));
  await writer.sync();
  await writer.close();
  await rename(fresh, path);
  return { file: appendTo(await open(path, 'a')), waiting };
}

function ignoreMissing(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return '';
  throw error;
}

function readWaiting(text: string): ItemLine[] {
  const items = new Map<number, ItemLine>();
  for (const line of text.split('\n')) {
    const parsed = parseLine(line);
    if (parsed === null) continue;
    if ('done' in parsed) items.delete(parsed.done);
    else items.set(parsed.n, parsed);
  }
  return [...items.values()];
}

function parseLine(line: string): ItemLine | DoneLine | null {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null) return null;
    if ('done' in value && typeof value.done === 'number') return { done: value.done };
    if ('n' in value && typeof value.n === 'number' && 'item' in value)
      return { n: value.n, item: value.item };
    return null;
  } catch {
    return null;
  }
}

function appendTo(handle: FileHandle): OutboxFile {
  let lines: string[] = [];
  let acknowledged: { resolve(): void; reject(error: unknown): void }[] = [];
  let emptying = false;
  let running: Promise<void> | null = null;

  async function write(): Promise<void> {
    while (lines.length > 0 || emptying) {
      const batch = { text: lines.join(''), empty: emptying, sync: acknowledged.length > 0 };
      const told = acknowledged;
      lines = [];
      acknowledged = [];
      emptying = false;
      try {
        await writeBatch(handle, batch);
        for (const { resolve } of told) resolve();
      } catch (error) {
        for (const { reject } of told) reject(error);
      }
    }
    running = null;
  }

  function begin(): void {
    running ??= write();
  }

  return {
    append(n, item) {
      return new Promise((resolve, reject) => {
        lines.push(`${JSON.stringify({ n, item })}\n`);
        acknowledged.push({ resolve, reject });
        begin();
      });
    },
    done(n) {
      lines.push(`${JSON.stringify({ done: n })}\n`);
      begin();
    },
    clear() {
      // What is not written yet says only that something is done; items would not wait for nothing.
      emptying = true;
      begin();
    },
    async close() {
      while (running !== null) await running;
      await handle.close();
    },
  };
}

async function writeBatch(
  handle: FileHandle,
  batch: { text: string; empty: boolean; sync: boolean },
): Promise<void> {
  if (batch.empty) await handle.truncate(0);
  if (batch.text !== '') await handle.appendFile(batch.text);
  if (batch.sync) await handle.datasync();
}
