import { AmiError } from './error.ts';
import { EventNames } from './event-names.ts';
import { AmiMessage } from './message.ts';
import { findTerminator, TERMINATOR_LENGTH } from './terminator.ts';

const LF = 10;
const CR = 13;
const EVENT_LINE = 'Event: ';
const ACTION_ID_LINE = Buffer.from('\r\nActionID:');
const BANNER_START = Buffer.from('Asterisk Call Manager/');
const LONGEST_BANNER = 256;
const SMALL_BUFFER = 4096;
const KEEP_BUFFER = 65_536;

/** Far above what Asterisk sends (20,000 lines of `Output:` are 1-2 MB), far below what hurts. */
export const MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

export interface DecoderOptions {
  /** Names of the events that are decoded; all others are counted and skipped. Without it every event is decoded. */
  wanted?: ReadonlySet<string>;
  maxMessageBytes?: number;
  onMessage(message: AmiMessage): void;
  /** The greeting of a server, without its line end. */
  onBanner?(banner: string): void;
}

/**
 * Bytes in, messages out, in order, however the bytes are cut into chunks. One decoder serves one connection: the half message that it
 * holds when the connection closes goes with it.
 */
export class AmiDecoder {
  /** While set, an unwanted event with an ActionID is decoded as well: it may belong to a list that somebody asked for. */
  keepActionEvents = false;
  /** Events seen so far, unwanted ones included. */
  events = 0;
  /** Events skipped because nobody wants them. */
  unwanted = 0;

  private readonly options: DecoderOptions;
  private readonly names: EventNames | undefined;
  private readonly maxBytes: number;
  private greeted = false;
  private tail: Buffer = Buffer.allocUnsafe(SMALL_BUFFER);
  private tailLength = 0;

  constructor(options: DecoderOptions) {
    this.options = options;
    this.names = options.wanted === undefined ? undefined : new EventNames(options.wanted);
    this.maxBytes = options.maxMessageBytes ?? MAX_MESSAGE_BYTES;
  }

  /** Takes the next bytes. Throws an AmiError (`protocol`) when a message outgrows the limit; the decoder is of no use after that. */
  push(bytes: Uint8Array): void {
    const chunk = Buffer.isBuffer(bytes)
      ? bytes
      : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (!this.greeted) this.greet(chunk);
    else this.decode(chunk);
  }

  private decode(chunk: Buffer): void {
    let at = 0;
    if (this.tailLength > 0) {
      at = this.completeTail(chunk);
      if (at < 0) return;
    }
    for (;;) {
      const terminator = findTerminator(chunk, at, chunk.length);
      if (terminator < 0) break;
      const next = terminator + TERMINATOR_LENGTH;
      this.take(chunk, at, next);
      at = next;
    }
    this.keep(chunk, at, chunk.length);
  }

  /** Ends the half message of earlier chunks. Returns where the chunk goes on behind it, or -1 when the message is still not whole. */
  private completeTail(chunk: Buffer): number {
    const before = this.tailLength;
    const overlapMost = TERMINATOR_LENGTH - 1;
    const overlap = Math.min(overlapMost, chunk.length);
    this.keep(chunk, 0, overlap);
    // Only a terminator that straddles the border can be here: any earlier one would have ended the message.
    let terminator = findTerminator(this.tail, Math.max(0, before - overlapMost), this.tailLength);
    if (terminator >= 0) {
      const next = terminator + TERMINATOR_LENGTH;
      this.take(this.tail, 0, next);
      this.release();
      return next - before;
    }
    terminator = findTerminator(chunk, 0, chunk.length);
    const next = terminator < 0 ? chunk.length : terminator + TERMINATOR_LENGTH;
    this.keep(chunk, overlap, next);
    if (terminator < 0) return -1;
    this.take(this.tail, 0, this.tailLength);
    this.release();
    return next;
  }

  /** Appends to the half message. The buffer doubles, so a message that comes byte by byte costs no more than one that comes whole. */
  private keep(chunk: Buffer, from: number, to: number): void {
    const length = this.tailLength + to - from;
    if (length > this.maxBytes) throw this.tooLong();
    if (length > this.tail.length) {
      const grown = Buffer.allocUnsafe(Math.max(length, this.tail.length * 2));
      this.tail.copy(grown, 0, 0, this.tailLength);
      this.tail = grown;
    }
    chunk.copy(this.tail, this.tailLength, from, to);
    this.tailLength = length;
  }

  private release(): void {
    this.tailLength = 0;
    if (this.tail.length > KEEP_BUFFER) this.tail = Buffer.allocUnsafe(SMALL_BUFFER);
  }

  private take(bytes: Buffer, from: number, to: number): void {
    if (to - from > this.maxBytes) throw this.tooLong();
    let start = from;
    // Asterisk writes a blank line too many behind some events (TestEvent).
    while (start < to && (bytes[start] === CR || bytes[start] === LF)) start += 1;
    if (start === to) return;
    if (startsWithEvent(bytes, start)) {
      this.events += 1;
      if (this.names === undefined) this.emit(bytes, start, to, undefined);
      else this.takeEvent(bytes, start, to, this.names.match(bytes, start + EVENT_LINE.length));
    } else if (startsWith(bytes, start, BANNER_START)) {
      this.takeBanner(bytes, start, to);
    } else {
      this.emit(bytes, start, to, undefined);
    }
  }

  private takeEvent(bytes: Buffer, start: number, to: number, name: string | undefined): void {
    if (name !== undefined || (this.keepActionEvents && hasActionId(bytes, start, to))) {
      this.emit(bytes, start, to, name);
    } else {
      this.unwanted += 1;
    }
  }

  private emit(bytes: Buffer, start: number, to: number, name: string | undefined): void {
    this.options.onMessage(AmiMessage.fromBytes(bytes, start, to, name));
  }

  /** A banner in mid-stream: recordings of several connections in one file have it. */
  private takeBanner(bytes: Buffer, start: number, to: number): void {
    const end = bytes.indexOf(LF, start) + 1;
    this.options.onBanner?.(bytes.toString('latin1', start, end).trimEnd());
    if (end < to) this.take(bytes, end, to);
  }

  /** The banner ends in one line end, not in a blank line, and is wanted before anything else comes. */
  private greet(chunk: Buffer): void {
    const head =
      this.tailLength === 0 ? chunk : Buffer.concat([this.tail.subarray(0, this.tailLength), chunk]);
    this.tailLength = 0;
    const known = Math.min(head.length, BANNER_START.length);
    const isBanner = head.compare(BANNER_START, 0, known, 0, known) === 0;
    const end = isBanner ? head.indexOf(LF) + 1 : 0;
    if (isBanner && end === 0 && head.length < LONGEST_BANNER) {
      this.keep(head, 0, head.length);
      return;
    }
    this.greeted = true;
    if (end > 0) this.options.onBanner?.(head.toString('latin1', 0, end).trimEnd());
    this.decode(head.subarray(end));
  }

  private tooLong(): AmiError {
    return new AmiError('protocol', `a message is longer than ${this.maxBytes} bytes`);
  }
}

/** `Event: `, letter by letter: this stands in the way of every event, and a loop over the letters would double its price. */
function startsWithEvent(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at] === 69 &&
    bytes[at + 1] === 118 &&
    bytes[at + 2] === 101 &&
    bytes[at + 3] === 110 &&
    bytes[at + 4] === 116 &&
    bytes[at + 5] === 58 &&
    bytes[at + 6] === 32
  );
}

function startsWith(bytes: Uint8Array, at: number, start: Uint8Array): boolean {
  for (let i = 0; i < start.length; i += 1) if (bytes[at + i] !== start[i]) return false;
  return true;
}

function hasActionId(bytes: Buffer, start: number, to: number): boolean {
  return bytes.subarray(start, to).includes(ACTION_ID_LINE);
}
