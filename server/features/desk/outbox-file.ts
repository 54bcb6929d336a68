import fs, { type FileHandle } from 'node:fs/promises';
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

interface Opened {
  file: OutboxFile;
  waiting: ItemLine[];
  /** How many lines are not as they were written; the file is kept as `<path>.damaged` then. */
  damaged: number;
}

/**
 * An append-only file of JSON lines. Opening it reads what is not done, and writes a new file with only that; on a full disk the old one goes on.
 * A last line that was cut off by a crash was never acknowledged and is left out.
 * @throws when the file can neither be read nor made
 */
export async function openOutboxFile(path: string): Promise<Opened> {
  await fs.mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const bytes = await fs.readFile(path).catch(ignoreMissing);
  const { waiting, damaged } = readWaiting(bytes.toString('utf8'));
  if (damaged > 0) await fs.copyFile(path, `${path}.damaged`).catch(() => undefined);
  const length = (await compact(path, waiting).catch(() => null)) ?? bytes.lastIndexOf('\n') + 1;
  return { file: appendTo(await fs.open(path, 'a', 0o600), length), waiting, damaged };
}

/** @returns the new length, bytes */
async function compact(path: string, waiting: readonly ItemLine[]): Promise<number> {
  const fresh = `${path}.new`;
  const text = Buffer.from(waiting.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const writer = await fs.open(fresh, 'w', 0o600);
  try {
    await writer.writeFile(text);
    await writer.sync();
  } finally {
    await writer.close();
  }
  await fs.rename(fresh, path);
  return text.length;
}

function ignoreMissing(error: unknown): Buffer {
  if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT')
    return Buffer.alloc(0);
  throw error;
}

function readWaiting(text: string): { waiting: ItemLine[]; damaged: number } {
  const items = new Map<number, ItemLine>();
  const lines = text.split('\n');
  // Behind the last line end stands nothing, or what was cut off.
  lines.pop();
  let damaged = 0;
  for (const line of lines) {
    const parsed = parseLine(line);
    if (parsed === null) damaged += 1;
    else if ('done' in parsed) items.delete(parsed.done);
    else items.set(parsed.n, parsed);
  }
  return { waiting: [...items.values()], damaged };
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

/** @param goodLength up to where the file holds whole lines, bytes */
function appendTo(handle: FileHandle, goodLength: number): OutboxFile {
  const end: End = { length: goodLength, torn: true };
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
        await writeBatch(handle, end, batch);
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

/** Up to where the file holds whole lines (bytes), and whether something may stand behind. */
interface End {
  length: number;
  torn: boolean;
}

/** All of it, or none: a line that is acknowledged later must not be glued to one that was cut. */
async function writeBatch(
  handle: FileHandle,
  end: End,
  batch: { text: string; empty: boolean; sync: boolean },
): Promise<void> {
  if (batch.empty) {
    end.length = 0;
    end.torn = true;
  }
  if (end.torn) await cutBack(handle, end);
  const bytes = Buffer.from(batch.text);
  try {
    if (bytes.length > 0) await handle.appendFile(bytes);
    if (batch.sync) await handle.datasync();
    end.length += bytes.length;
  } catch (error) {
    end.torn = true;
    // At once, so that a crash finds no half line; if not now, then before the next.
    await cutBack(handle, end).catch(() => undefined);
    throw error;
  }
}

async function cutBack(handle: FileHandle, end: End): Promise<void> {
  await handle.truncate(end.length);
  end.torn = false;
}
