/** Operation codes of MongoDB's wire protocol: https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/ */
const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;

export const maxMessageBytes = 48_000_000;
const headerBytes = 16;

const checksumPresent = 1;
const moreToCome = 2;

/** One request, its documents still as bytes. */
export type Request = {
  readonly id: number;
  readonly legacy: boolean;
  /** The command's document. */
  readonly body: Buffer;
  /** Document sequences (kind 1 sections) by their name: `documents`, `updates`, `deletes`, `ops`, `nsInfo`. */
  readonly sequences: ReadonlyMap<string, readonly Buffer[]>;
  /** False where the client says that it does not wait for an answer. */
  readonly wantsReply: boolean;
  /** Database that a legacy query names. */
  readonly db: string | undefined;
};

/** What breaks the protocol: nothing sensible can follow, so the connection is closed. */
export class ProtocolError extends Error {}

/** Cuts a stream of bytes into messages. `push` gives the whole messages that a chunk completes. */
export function createMessageSplitter(): { push: (chunk: Buffer) => Buffer[] } {
  let chunks: Buffer[] = [];
  let held = 0;
  /** The next whole message, when it is there. */
  function take(): Buffer | undefined {
    if (held < 4) return undefined;
    if ((chunks[0]?.length ?? 0) < 4) chunks = [Buffer.concat(chunks, held)];
    const length = chunks[0]?.readInt32LE(0) ?? 0;
    if (length < headerBytes || length > maxMessageBytes) {
      throw new ProtocolError(
        `A message of ${length} bytes is outside of ${headerBytes}..${maxMessageBytes}`,
      );
    }
    if (held < length) return undefined;
    const whole = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, held);
    chunks = held === length ? [] : [whole.subarray(length)];
    held -= length;
    return whole.subarray(0, length);
  }

  return {
    push(chunk) {
      chunks.push(chunk);
      held += chunk.length;
      const messages: Buffer[] = [];
      for (let message = take(); message !== undefined; message = take()) messages.push(message);
      return messages;
    },
  };
}

/** Reads one message. Throws ProtocolError for what is none. */
export function parseMessage(message: Buffer): Request {
  const id = message.readInt32LE(4);
  const code = message.readInt32LE(12);
  try {
    if (code === opMsg) return parseOpMsg(id, message);
    if (code === opQuery) return parseOpQuery(id, message);
  } catch (error) {
    if (error instanceof RangeError) throw new ProtocolError('A message ends in the middle of a section');
    throw error;
  }
  throw new ProtocolError(
    `Operation code ${code} is not supported: only OP_MSG and OP_QUERY (for the handshake) are`,
  );
}

function documentAt(message: Buffer, at: number, end: number): Buffer {
  const length = message.readInt32LE(at);
  if (length < 5 || at + length > end) throw new ProtocolError('A document reaches beyond its section');
  return message.subarray(at, at + length);
}

function parseOpMsg(id: number, message: Buffer): Request {
  const flags = message.readUInt32LE(headerBytes);
  const unknownRequired = flags & 0xffff & ~(checksumPresent | moreToCome);
  if (unknownRequired !== 0) throw new ProtocolError(`OP_MSG has unknown required flags: ${unknownRequired}`);
  const end = message.length - ((flags & checksumPresent) === 0 ? 0 : 4);
  const sequences = new Map<string, Buffer[]>();
  let body: Buffer | undefined;
  let at = headerBytes + 4;
  while (at < end) {
    const kind = message.readUInt8(at);
    at += 1;
    if (kind === 0) {
      body = documentAt(message, at, end);
      at += body.length;
    } else if (kind === 1) {
      const sectionEnd = at + message.readInt32LE(at);
      if (sectionEnd > end || sectionEnd <= at)
        throw new ProtocolError('A document sequence reaches beyond its message');
      const nameEnd = message.indexOf(0, at + 4);
      const documents: Buffer[] = [];
      let next = nameEnd + 1;
      while (next < sectionEnd) {
        const document = documentAt(message, next, sectionEnd);
        documents.push(document);
        next += document.length;
      }
      sequences.set(message.toString('utf8', at + 4, nameEnd), documents);
      at = sectionEnd;
    } else throw new ProtocolError(`OP_MSG has a section of the unknown kind ${kind}`);
  }
  if (body === undefined) throw new ProtocolError('OP_MSG has no body section');
  return { id, legacy: false, body, sequences, wantsReply: (flags & moreToCome) === 0, db: undefined };
}

function parseOpQuery(id: number, message: Buffer): Request {
  const nameEnd = message.indexOf(0, headerBytes + 4);
  const namespace = message.toString('utf8', headerBytes + 4, nameEnd);
  const at = nameEnd + 1 + 8;
  if (!namespace.endsWith('.$cmd')) {
    throw new ProtocolError('OP_QUERY is supported for the handshake only; use OP_MSG');
  }
  const body = documentAt(message, at, message.length);
  return { id, legacy: true, body, sequences: new Map(), wantsReply: true, db: namespace.slice(0, -5) };
}

/** A reply to a request; `document` is a whole BSON document. */
export function replyTo(request: Request, replyId: number, document: Uint8Array): Buffer {
  const fixed = Buffer.alloc(request.legacy ? headerBytes + 20 : headerBytes + 5);
  fixed.writeInt32LE(fixed.length + document.length, 0);
  fixed.writeInt32LE(replyId, 4);
  fixed.writeInt32LE(request.id, 8);
  fixed.writeInt32LE(request.legacy ? opReply : opMsg, 12);
  // OP_REPLY: flags, cursor id, first position, number of documents. OP_MSG: flags and the kind of the one section.
  if (request.legacy) {
    fixed.writeInt32LE(8, headerBytes);
    fixed.writeInt32LE(1, headerBytes + 16);
  }
  return Buffer.concat([fixed, document], fixed.length + document.length);
}
