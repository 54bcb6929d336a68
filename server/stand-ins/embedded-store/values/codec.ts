import { BSONError, type DeserializeOptions, deserialize, serialize } from 'bson';
import { CommandFailure } from '../failure.ts';
import type { Doc } from './document.ts';

/** Largest document, in bytes: MongoDB's limit. */
export const maxDocumentBytes = 16 * 1024 * 1024;

function decode(bytes: Uint8Array, options: DeserializeOptions): Doc {
  try {
    return deserialize(bytes, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandFailure('InvalidBSON', `Invalid BSON: ${reason}`);
  }
}

/** Numbers as JavaScript numbers (a 64-bit integer beyond 2^53 stays a Long): what queries and pipelines compute with. */
export function decodePlain(bytes: Uint8Array): Doc {
  return decode(bytes, { bsonRegExp: true });
}

/** Numbers as Int32, Double and Long: what updates work on, so that a field keeps its BSON type. */
export function decodeTyped(bytes: Uint8Array): Doc {
  return decode(bytes, { promoteValues: false, bsonRegExp: true });
}

/** Bytes of a document that is to be stored; refuses what is above 16 MiB as MongoDB does. */
export function encodeStored(doc: Doc): Uint8Array {
  const bytes = encode(doc);
  assertDocumentSize(bytes.length);
  return bytes;
}

export function assertDocumentSize(size: number): void {
  if (size > maxDocumentBytes) {
    throw new CommandFailure(
      'BSONObjectTooLarge',
      `BSONObj size: ${size} is invalid. Size must be between 0 and ${maxDocumentBytes}(16MB)`,
    );
  }
}

export function encode(doc: Doc): Uint8Array {
  try {
    return serialize(doc, { ignoreUndefined: true });
  } catch (error) {
    if (!(error instanceof BSONError || error instanceof RangeError)) throw error;
    throw new CommandFailure('BSONObjectTooLarge', `The document cannot be encoded: ${error.message}`);
  }
}
