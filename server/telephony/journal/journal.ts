import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../../platform/log.ts';
import { frame, segmentName, segmentNumber, stateEvent } from './segment.ts';

export interface JournalOptions {
  dir: string;
  /** The PBX whose messages these are; each has segments of its own. */
  pbx: string;
  log: Log;
  /** A segment is closed when it is larger than this (bytes) or older than this (ms). */
  segmentBytes?: number;
  segmentAgeMs?: number;
  /** Segments whose interactions are all written are kept this long (ms), for replay and bug reports. */
  keepMs?: number;
  now?: () => number;
}

/**
 * The wanted AMI messages of one PBX, appended to local files before they are processed. What `append` has taken survives a kill of this
 * process: it is in the kernel when the call returns. A power cut may lose what the kernel had not written yet.
 */
export interface Journal {
  /** Appends raw messages. A full or failing disk never stops the calls: it is reported once, and again when it is over. */
  append(bytes: Uint8Array): void;
  /** Number of the segment that is being written. */
  readonly segment: number;
  /** True when the segment should be closed; `rotate` is then called between two messages. */
  due(): boolean;
  /** Begins a new segment with the state of the call model. */
  rotate(state: string): void;
  /** All interactions that ended in segments before this one are in the database. */
  writtenBefore(segment: number): void;
  /** The segments that a restart has to read, oldest first: from the first that may hold an unwritten interaction, or has open calls. */
  toRecover(): readonly { file: string; segment: number }[];
  close(): void;
}

export function openJournal(options: JournalOptions): Journal {
  const {
    dir,
    pbx,
    log,
    segmentBytes = 64 * 1024 * 1024,
    segmentAgeMs = 3_600_000,
    keepMs = 14 * 86_400_000,
    now = Date.now,
  } = options;
  mkdirSync(dir, { recursive: true });
  const cursorFile = join(dir, `${pbx}.written`);
  const existing = segments(dir, pbx);
  let written = readCursor(cursorFile);
  let segment = existing.at(-1) ?? 0;
  /** The segment's file, opened to append; null before the first and while it cannot be opened. */
  let out: number | null = null;
  let size = 0;
  let openedAt = now();
  let failing = false;

  function report(error: unknown): void {
    if (!failing)
      log.error(
        { err: error, pbx },
        'The journal cannot be written: calls go on, but a crash now would lose them. Free space on the disk of the data directory.',
      );
    failing = true;
  }

  function close(): void {
    if (out !== null) closeSync(out);
    out = null;
  }

  function rotate(state: string): void {
    close();
    segment += 1;
    openedAt = now();
    size = 0;
    try {
      const file = join(dir, segmentName(pbx, segment));
      // The head is written whole under another name first: a reader never meets a segment without its state.
      const fd = openSync(`${file}.new`, 'w');
      writeSync(fd, frame(stateEvent, { Pbx: pbx, State: state }));
      fsyncSync(fd);
      closeSync(fd);
      renameSync(`${file}.new`, file);
      out = openSync(file, 'a');
    } catch (error) {
      report(error);
    }
    removeOld();
  }

  function removeOld(): void {
    for (const number of segments(dir, pbx)) {
      const file = join(dir, segmentName(pbx, number));
      if (number >= Math.min(written, segment) || number >= segment) break;
      if (now() - statSync(file).mtimeMs > keepMs) rmSync(file, { force: true });
    }
  }

  return {
    get segment() {
      return segment;
    },
    append(bytes) {
      if (out === null) return;
      try {
        // A full disk takes a part: the rest is lost, and the reader skips the cut message.
        size += writeSync(out, bytes);
        if (failing) log.info({ pbx }, 'The journal is being written again.');
        failing = false;
      } catch (error) {
        report(error);
      }
    },
    due: () => size > segmentBytes || now() - openedAt > segmentAgeMs,
    rotate,
    writtenBefore(number) {
      if (number <= written) return;
      written = number;
      writeFileSync(`${cursorFile}.new`, String(written));
      renameSync(`${cursorFile}.new`, cursorFile);
    },
    toRecover() {
      const all = segments(dir, pbx);
      // The newest is always read: its head and its messages give the calls that were open.
      const from = Math.min(Math.max(written, all[0] ?? 0), all.at(-1) ?? 0);
      return all
        .filter((number) => number >= from)
        .map((number) => ({ file: join(dir, segmentName(pbx, number)), segment: number }));
    },
    close,
  };
}

function segments(dir: string, pbx: string): number[] {
  return readdirSync(dir)
    .flatMap((file) => segmentNumber(pbx, file) ?? [])
    .sort((a, b) => a - b);
}

function readCursor(file: string): number {
  if (!existsSync(file)) return 0;
  const number = Number(readFileSync(file, 'utf8'));
  return Number.isInteger(number) && number >= 0 ? number : 0;
}
