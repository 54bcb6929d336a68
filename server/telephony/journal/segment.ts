/**
 * The names and the frames of journal files. A segment is a file of raw AMI messages, so that any tool that reads AMI reads it too. Ours are
 * written among them as messages of their own:
 *   Event: RingdeskState     first in each segment: the call model as it stood, so that a reader may begin at any segment
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
