import { CommandFailure } from '../failure.ts';

/** One field of a document's bytes: where it stands, without decoding it. */
export type RawElement = {
  readonly type: number;
  readonly name: string;
  /** offset of the type byte */
  readonly start: number;
  /** offset of the value */
  readonly valueStart: number;
  /** offset behind the value */
  readonly end: number;
};

const fixedSizes: Readonly<Record<number, number>> = {
  1: 8,
  6: 0,
  7: 12,
  8: 1,
  9: 8,
  10: 0,
  16: 4,
  17: 8,
  18: 8,
  19: 16,
  255: 0,
  127: 0,
};

function broken(): CommandFailure {
  return new CommandFailure('InvalidBSON', 'Invalid BSON: a field reaches beyond its document');
}

function valueSize(bytes: Buffer, type: number, at: number): number {
  const fixed = fixedSizes[type];
  if (fixed !== undefined) return fixed;
  switch (type) {
    case 2: // string
    case 13: // code
    case 14: // symbol
      return 4 + bytes.readInt32LE(at);
    case 3: // document
    case 4: // array
    case 15: // code with scope
      return bytes.readInt32LE(at);
    case 5: // binary
      return 5 + bytes.readInt32LE(at);
    case 12: // pointer
      return 4 + bytes.readInt32LE(at) + 12;
    case 11: {
      const pattern = bytes.indexOf(0, at);
      return bytes.indexOf(0, pattern + 1) + 1 - at;
    }
    default:
      throw new CommandFailure('InvalidBSON', `Invalid BSON: unknown type ${type}`);
  }
}

/** The fields of a document, in order, found by walking over its bytes. */
export function* rawElements(bytes: Buffer): Generator<RawElement> {
  let at = 4;
  while (at < bytes.length) {
    const type = bytes[at];
    if (type === undefined || type === 0) return;
    const nameEnd = bytes.indexOf(0, at + 1);
    if (nameEnd < 0) throw broken();
    const valueStart = nameEnd + 1;
    const end = valueStart + valueSize(bytes, type, valueStart);
    if (end > bytes.length - 1 || end < valueStart) throw broken();
    yield { type, name: bytes.toString('utf8', at + 1, nameEnd), start: at, valueStart, end };
    at = end;
  }
}

/** Documents of an array field, as bytes: a command's `documents`, `updates`, `deletes`, `ops`. */
export function rawDocuments(command: Buffer, field: string): Buffer[] | undefined {
  for (const element of rawElements(command)) {
    if (element.name !== field || element.type !== 4) continue;
    const found: Buffer[] = [];
    for (const item of rawElements(command.subarray(element.valueStart, element.end))) {
      if (item.type !== 3) throw new CommandFailure('TypeMismatch', `'${field}' must hold documents`);
      found.push(command.subarray(element.valueStart + item.valueStart, element.valueStart + item.end));
    }
    return found;
  }
  return undefined;
}

/** A document put together from whole elements (type, name and value), in the given order. */
export function documentOf(elements: readonly Buffer[]): Buffer {
  const size = elements.reduce((sum, element) => sum + element.length, 5);
  const head = Buffer.alloc(4);
  head.writeInt32LE(size);
  return Buffer.concat([head, ...elements, Buffer.alloc(1)], size);
}

/** An element: type byte, name, value bytes. */
export function elementOf(type: number, name: string, value: Buffer): Buffer {
  return Buffer.concat([Buffer.of(type), Buffer.from(name, 'utf8'), Buffer.alloc(1), value]);
}

/** An array element whose items are whole documents, without decoding them. */
export function arrayElement(name: string, documents: readonly Uint8Array[]): Buffer {
  const parts: Uint8Array[] = [];
  let size = 5;
  for (const [position, document] of documents.entries()) {
    const head = Buffer.from(`\x03${position}\0`, 'latin1');
    parts.push(head, document);
    size += head.length + document.length;
  }
  const length = Buffer.alloc(4);
  length.writeInt32LE(size);
  return elementOf(4, name, Buffer.concat([length, ...parts, Buffer.alloc(1)], size));
}
