import { Long } from 'bson';
import { CommandFailure } from './failure.ts';
import { arrayElement, documentOf, elementOf } from './values/raw.ts';

/** Documents of an answer come as bytes, one after the other, as they are asked for. */
export type DocumentStream = Iterator<Uint8Array>;

type Open = {
  readonly id: bigint;
  readonly namespace: string;
  readonly stream: DocumentStream;
  held: Uint8Array | undefined;
  lastUsed: number;
  readonly idleMs: number;
};

export type Cursors = {
  /** The reply to `find`, `aggregate`, ...: its first batch, and a cursor for the rest. */
  readonly first: (namespace: string, stream: DocumentStream, options: FirstBatch) => Buffer;
  readonly next: (id: bigint, namespace: string, batchSize: number) => Buffer;
  /** Whether there was such a cursor. */
  readonly kill: (id: bigint) => boolean;
  readonly count: () => number;
  /** Closes what nobody asked about for its idle time. `now` in ms. */
  readonly sweep: (now: number) => void;
};

export type FirstBatch = { readonly batchSize: number; readonly single?: boolean; readonly keep?: boolean };

/** MongoDB's defaults: 101 documents first, then what fits into 16 MiB; closed after 10 minutes without use. */
export const firstBatchSize = 101;
const batchBytes = 16 * 1024 * 1024;
const idleLimitMs = 10 * 60 * 1000;

export function createCursors(now: () => number): Cursors {
  const open = new Map<bigint, Open>();
  let sequence = BigInt(now()) * 1000n;

  function fill(cursor: Open, batchSize: number): { documents: Uint8Array[]; done: boolean } {
    const documents: Uint8Array[] = [];
    let bytes = 0;
    for (;;) {
      if (documents.length >= batchSize) return { documents, done: false };
      const document = cursor.held ?? take(cursor);
      cursor.held = undefined;
      if (document === undefined) return { documents, done: true };
      if (documents.length > 0 && bytes + document.length > batchBytes) {
        cursor.held = document;
        return { documents, done: false };
      }
      documents.push(document);
      bytes += document.length;
    }
  }

  function take(cursor: Open): Uint8Array | undefined {
    const next = cursor.stream.next();
    return next.done === true ? undefined : next.value;
  }

  /** Looks whether there is more, so that an answer that is complete leaves no cursor open. */
  function isExhausted(cursor: Open): boolean {
    cursor.held ??= take(cursor);
    return cursor.held === undefined;
  }

  function reply(id: bigint, namespace: string, field: string, documents: readonly Uint8Array[]): Buffer {
    const cursor = documentOf([
      arrayElement(field, documents),
      elementOf(18, 'id', Buffer.from(Long.fromBigInt(id).toBytesLE())),
      elementOf(2, 'ns', text(namespace)),
    ]);
    return documentOf([elementOf(3, 'cursor', cursor), elementOf(1, 'ok', double(1))]);
  }

  return {
    first(namespace, stream, { batchSize, single = false }) {
      sequence += 1n;
      const cursor: Open = {
        id: sequence,
        namespace,
        stream,
        held: undefined,
        lastUsed: now(),
        idleMs: idleLimitMs,
      };
      const { documents, done } = fill(cursor, batchSize);
      if (done || single || (batchSize > 0 && isExhausted(cursor))) {
        return reply(0n, namespace, 'firstBatch', documents);
      }
      open.set(cursor.id, cursor);
      return reply(cursor.id, namespace, 'firstBatch', documents);
    },
    next(id, namespace, batchSize) {
      const cursor = open.get(id);
      if (cursor === undefined) throw new CommandFailure('CursorNotFound', `cursor id ${id} not found`);
      if (cursor.namespace !== namespace) {
        throw new CommandFailure(
          13,
          `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
        );
      }
      cursor.lastUsed = now();
      const { documents, done } = fill(cursor, batchSize === 0 ? Number.MAX_SAFE_INTEGER : batchSize);
      if (!done && !isExhausted(cursor)) return reply(id, namespace, 'nextBatch', documents);
      open.delete(id);
      return reply(0n, namespace, 'nextBatch', documents);
    },
    kill: (id) => open.delete(id),
    count: () => open.size,
    sweep(time) {
      for (const cursor of open.values()) {
        if (time - cursor.lastUsed > cursor.idleMs) open.delete(cursor.id);
      }
    },
  };
}

function text(value: string): Buffer {
  const size = Buffer.byteLength(value, 'utf8') + 1;
  const bytes = Buffer.alloc(4 + size);
  bytes.writeInt32LE(size);
  bytes.write(value, 4, 'utf8');
  return bytes;
}

function double(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
}
