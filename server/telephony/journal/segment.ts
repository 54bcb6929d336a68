import { createHash } from 'node:crypto';

/**
 * The names and the frames of journal files. A segment is a file of raw AMI messages, so that any tool that reads AMI reads it too. Ours are
 * written among them as messages of their own:
 *   Event: RingdeskState     first in each segment: the call model as it stood, so that a reader may begin at any segment; in several pieces
 *                            when it is large (Part: 2/5), the sum of the whole in each
 *   Event: RingdeskLink      the link to the PBX came up or went down
 *   Event: RingdeskHangup    we ask the PBX to hang a channel up: to the PBX that is nobody's doing, and it would blame the caller
 *   Event: RingdeskOwners    whose device is whose, as the users' list has it from here on
 *   Event: RingdeskSnapshot  (Part: begin | end) around the list items that the PBX answered after a reconnect
 */

export const stateEvent = 'RingdeskState';
export const linkEvent = 'RingdeskLink';
export const hangupEvent = 'RingdeskHangup';
export const ownersEvent = 'RingdeskOwners';
export const snapshotEvent = 'RingdeskSnapshot';

const digits = 9;
/** Characters of the state in one message: far below what any reader of AMI takes for one. */
const pieceLength = 1024 * 1024;

/** `main.000000042.ami`: sorted by name, the segments of a PBX stand in their order. */
export function segmentName(pbx: string, number: number): string {
  return `${pbx}.${String(number).padStart(digits, '0')}.ami`;
}

/** The segment's number, or null when the file is not a segment of this PBX. */
export function segmentNumber(pbx: string, file: string): number | null {
  if (!file.startsWith(`${pbx}.`) || !file.endsWith('.ami')) return null;
  const middle = file.slice(pbx.length + 1, -'.ami'.length);
  return middle.length >= digits && /^\d+$/.test(middle) ? Number(middle) : null;
}

/** One AMI message of ours. Values must hold no line end: JSON without spaces has none. */
export function frame(event: string, fields: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`Event: ${event}\r\n${lines.join('')}\r\n`);
}

const sumOf = (text: string) => createHash('sha1').update(text).digest('base64url');

/** The head of a segment: the state, of any size, in messages of a size that every reader takes. */
export function stateFrames(pbx: string, state: string, longest = pieceLength): Buffer[] {
  const pieces: string[] = [];
  for (let at = 0; at < state.length || at === 0; ) {
    let end = Math.min(at + longest, state.length);
    // Both halves of a character outside of the basic plane go together: alone each would be written as another one.
    if (end < state.length && isHighSurrogate(state.charCodeAt(end - 1))) end += 1;
    pieces.push(state.slice(at, end));
    at = end;
    if (state.length === 0) break;
  }
  const sum = sumOf(state);
  return pieces.map((piece, at) =>
    frame(stateEvent, {
      Pbx: pbx,
      ...(pieces.length === 1 ? {} : { Part: `${at + 1}/${pieces.length}` }),
      Sum: sum,
      State: piece,
    }),
  );
}

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;

/** What a message of a segment's head adds: nothing yet, the whole state, or that it is not as it was written. */
export type HeadRead = { kind: 'more' } | { kind: 'whole'; state: string } | { kind: 'damaged'; why: string };

/** Puts the pieces of a segment's head together again. Heads of earlier versions are one message without a sum. */
export function createHeadReader(): (message: { get(name: string): string | undefined }) => HeadRead {
  let pieces: string[] = [];
  return (message) => {
    const [part, of] = (message.get('Part') ?? '1/1').split('/').map(Number);
    if (part === 1) pieces = [];
    if (part !== pieces.length + 1) return { kind: 'damaged', why: `piece ${pieces.length + 1} is missing` };
    pieces.push(message.get('State') ?? '');
    if (part !== of) return { kind: 'more' };
    const state = pieces.join('');
    const sum = message.get('Sum');
    pieces = [];
    if (sum !== undefined && sum !== sumOf(state)) return { kind: 'damaged', why: 'its sum is another' };
    return { kind: 'whole', state };
  };
}
