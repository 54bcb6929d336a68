import { closeSync, fstatSync, ftruncateSync, writeSync } from 'node:fs';

/** A file that only grows, by whole pieces. */
export interface Appended {
  /** Up to here it holds whole pieces, bytes. */
  readonly length: number;
  /**
   * Writes all of the piece or nothing of it: after a failure the file is cut back to its last good length, at once or before the next piece.
   * @throws what the disk said
   */
  append(bytes: Uint8Array): void;
  close(): void;
}

/**
 * @param fd opened to append (`a`), so that a cut moves the place of the next write too
 * @param goodLength up to where it holds whole pieces now, bytes; what stands behind is cut off before the next piece
 */
export function appendedFile(fd: number, goodLength: number): Appended {
  let length = goodLength;
  let torn = fstatSync(fd).size !== goodLength;

  function cutBack(): void {
    ftruncateSync(fd, length);
    torn = false;
  }

  return {
    get length() {
      return length;
    },
    append(bytes) {
      if (torn) cutBack();
      try {
        writeWhole(fd, bytes);
        length += bytes.length;
      } catch (error) {
        torn = true;
        try {
          cutBack();
        } catch {
          // Done before the next piece; until then a reader skips what is cut.
        }
        throw error;
      }
    },
    close: () => closeSync(fd),
  };
}

/** A full disk takes a part and says so only at the next write. */
export function writeWhole(fd: number, bytes: Uint8Array): void {
  let at = 0;
  while (at < bytes.length) {
    const written = writeSync(fd, bytes, at, bytes.length - at);
    if (written === 0) throw new Error('the disk takes nothing');
    at += written;
  }
}
