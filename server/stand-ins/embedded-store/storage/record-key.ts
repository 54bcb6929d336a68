/** Bytes of a collection's or an index's id: the first four of each of its keys. */
export function idPrefix(id: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(id);
  return bytes;
}

/** Everything that begins with the id. */
export function idRange(id: number): { start: Buffer; end: Buffer } {
  return { start: idPrefix(id), end: idPrefix(id + 1) };
}

export const recordIdBytes = 8;

/** Key of a document: collection id and record id, so that a collection's documents lie in the order of their insertion. */
export function documentKey(collectionId: number, recordId: number): Buffer {
  const bytes = Buffer.alloc(4 + recordIdBytes);
  bytes.writeUInt32BE(collectionId, 0);
  bytes.writeUIntBE(recordId, 6, 6);
  return bytes;
}

/** The record id stands at the end of a document's key and of an index entry's. */
export function recordIdOf(key: Buffer): number {
  return key.readUIntBE(key.length - 6, 6);
}

/** Divides the values of an entry from its record id: no value begins with it, in either direction. */
export const separator = 0x01;

export function entryKey(indexId: number, encoded: Buffer, recordId: number): Buffer {
  const bytes = Buffer.alloc(4 + encoded.length + 1 + recordIdBytes);
  bytes.writeUInt32BE(indexId, 0);
  encoded.copy(bytes, 4);
  bytes[4 + encoded.length] = separator;
  bytes.writeUIntBE(recordId, bytes.length - 6, 6);
  return bytes;
}

/** Range of the entries with exactly these values. */
export function exactRange(indexId: number, encoded: Buffer): { start: Buffer; end: Buffer } {
  const prefix = Buffer.concat([idPrefix(indexId), encoded]);
  return {
    start: Buffer.concat([prefix, Buffer.of(separator)]),
    end: Buffer.concat([prefix, Buffer.of(separator + 1)]),
  };
}
