import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const step = 64 * 1024;
const messageEnd = Buffer.from('\r\n\r\n');

/**
 * Up to where a file holds whole messages, bytes: what a crash or a full disk cut off in the middle of one would swallow the next.
 * @throws what the disk said
 */
export function wholeLength(file: string): number {
  const fd = openSync(file, 'r');
  try {
    let end = fstatSync(fd).size;
    const buffer = Buffer.alloc(step + messageEnd.length);
    while (end > 0) {
      const from = Math.max(0, end - step);
      // A little more than the step: an end may straddle its border.
      const read = readSync(fd, buffer, 0, Math.min(end - from + messageEnd.length, buffer.length), from);
      const at = buffer.subarray(0, read).lastIndexOf(messageEnd);
      if (at >= 0) return from + at + messageEnd.length;
      end = from;
    }
    return 0;
  } finally {
    closeSync(fd);
  }
}
