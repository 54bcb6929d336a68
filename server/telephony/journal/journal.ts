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
} from 'node:fs';
import { join } from 'node:path';
import { type Appended, appendedFile, writeWhole } from '../../platform/files/appended.ts';
import type { Log } from '../../platform/log.ts';
import { wholeLength } from './newest.ts';
import { segmentName, segmentNumber, stateFrames } from './segment.ts';

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
  /** The wall's clock, as files are dated by it; and one that nobody sets, for waiting. ms */
  now?: () => number;
  uptime?: () => number;
}

/** Whether all that was appended stands on the disk. */
export type JournalStatus = { kind: 'written' } | { kind: 'failing'; why: string };

/**
 * The wanted AMI messages of one PBX, appended to local files before they are processed. What `append` has taken survives a kill of this
 * process: it is in the kernel when the call returns. A power cut may lose what the kernel had not written yet.
 *
 * No failure of the disk stops the calls: it is reported once, and again when it is over. What did not fit is cut off whole; then, and when a
 * new segment cannot be begun, the old one goes on, and a new one with the whole state is tried for each second: with it nothing is lacking.
 */
export interface Journal {
  /** Appends raw messages, all of them or none. */
  append(bytes: Uint8Array): void;
  /** Number of the segment that is being written. */
  readonly segment: number;
  /** True when the segment should be closed; `rotate` is then called between two messages. */
  due(): boolean;
  /** Begins a new segment with the state of the call model. @returns false when that failed, and the old one goes on */
  rotate(state: string): boolean;
  /** All interactions that ended in segments before this one are in the database. */
  writtenBefore(segment: number): void;
  /** The segments that a restart has to read, oldest first: from the first that may hold an unwritten interaction, or has open calls. */
  toRecover(): readonly { file: string; segment: number }[];
  /** Names a segment that cannot be read so that it is read no more. */
  putAside(segment: number, why: string): void;
  status(): JournalStatus;
  close(): void;
}

/** How often what failed is tried again, ms. */
const retryMs = 1000;

/** @throws when the folder cannot be made or read */
export function openJournal(options: JournalOptions): Journal {
  const {
    dir,
    pbx,
    log,
    segmentBytes = 64 * 1024 * 1024,
    segmentAgeMs = 3_600_000,
    keepMs = 14 * 86_400_000,
    now = Date.now,
    uptime = () => performance.now(),
  } = options;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const cursorFile = join(dir, `${pbx}.written`);
  let segment = segments(dir, pbx).at(-1) ?? 0;
  let written = readCursor(cursorFile);
  let saved = written;
  /** The segment's file; null before the first. */
  let out: Appended | null = null;
  /** Of it, the state with which it begins: a large one is no reason for the next segment. */
  let headLength = 0;
  let openedAt = uptime();
  let triedAt = Number.NEGATIVE_INFINITY;
  /** What failed last; null when all is on the disk. */
  let failing: string | null = null;

  function report(error: unknown): void {
    if (failing === null)
      log.error(
        { err: error, pbx },
        'The journal cannot be written: calls go on, but a crash now would lose them. Free space on the disk of the data directory.',
      );
    failing = error instanceof Error ? error.message : String(error);
  }

  function rotate(state: string): boolean {
    triedAt = uptime();
    try {
      const head = stateFrames(pbx, state);
      const next = Math.max(segment, ...segments(dir, pbx)) + 1;
      const begun = beginSegment(join(dir, segmentName(pbx, next)), head);
      out?.close();
      out = begun;
      headLength = begun.length;
      segment = next;
      openedAt = uptime();
      if (failing !== null) log.info({ pbx }, 'The journal is being written again.');
      failing = null;
    } catch (error) {
      report(error);
      goOnInNewest();
      return false;
    }
    saveCursor();
    removeOld();
    return true;
  }

  /** After a start: the last run's segment takes what comes, until a new one can be begun. */
  function goOnInNewest(): void {
    if (out !== null || segment === 0) return;
    try {
      const file = join(dir, segmentName(pbx, segment));
      out = appendedFile(openSync(file, 'a'), wholeLength(file));
    } catch {
      // Told already; tried again with the next new segment.
    }
  }

  function removeOld(): void {
    for (const number of segments(dir, pbx)) {
      if (number >= Math.min(written, segment)) break;
      const file = join(dir, segmentName(pbx, number));
      try {
        if (now() - statSync(file).mtimeMs > keepMs) rmSync(file, { force: true });
      } catch (error) {
        log.warn({ err: error, file }, 'An old segment of the journal cannot be removed');
      }
    }
  }

  /** One that is behind costs only time at the next start. */
  function saveCursor(): void {
    if (saved === written) return;
    try {
      writeFileSync(`${cursorFile}.new`, String(written), { mode: 0o600 });
      renameSync(`${cursorFile}.new`, cursorFile);
      saved = written;
    } catch (error) {
      log.warn(
        { err: error, pbx },
        'How far the journal is in the database cannot be noted; it is tried again',
      );
    }
  }

  return {
    get segment() {
      return segment;
    },
    append(bytes) {
      try {
        if (out === null) throw new Error(failing ?? 'no segment could be opened');
        out.append(bytes);
      } catch (error) {
        report(error);
      }
    },
    due() {
      if (out === null || failing !== null) return uptime() - triedAt >= retryMs;
      return out.length - headLength > segmentBytes || uptime() - openedAt > segmentAgeMs;
    },
    rotate,
    writtenBefore(number) {
      if (number <= written) return;
      written = number;
      saveCursor();
    },
    toRecover() {
      const all = segments(dir, pbx);
      // The newest is always read: its head and its messages give the calls that were open.
      const from = Math.min(Math.max(written, all[0] ?? 0), all.at(-1) ?? 0);
      return all
        .filter((number) => number >= from)
        .map((number) => ({ file: join(dir, segmentName(pbx, number)), segment: number }));
    },
    putAside(number, why) {
      const file = join(dir, segmentName(pbx, number));
      log.error(
        { pbx, why },
        `${file} is damaged: what can be read of it is used, and it is kept as ${file}.damaged. Calls of that time may be lacking.`,
      );
      // The one that is written now keeps its name: what comes would go aside with it.
      if (number === segment && out !== null) return;
      try {
        renameSync(file, `${file}.damaged`);
      } catch (error) {
        log.error(
          { err: error, file },
          'The damaged segment cannot be renamed; it is read again at the next start',
        );
      }
    },
    status: () => (failing === null ? { kind: 'written' } : { kind: 'failing', why: failing }),
    close() {
      saveCursor();
      out?.close();
      out = null;
    },
  };
}

/** The head is written whole under another name first: a reader never meets a segment without its state. */
function beginSegment(file: string, head: readonly Uint8Array[]): Appended {
  const fresh = `${file}.new`;
  rmSync(fresh, { force: true });
  const fd = openSync(fresh, 'a', 0o600);
  try {
    for (const piece of head) writeWhole(fd, piece);
    fsyncSync(fd);
    renameSync(fresh, file);
    return appendedFile(
      fd,
      head.reduce((sum, piece) => sum + piece.length, 0),
    );
  } catch (error) {
    closeSync(fd);
    // It would take the room that is lacking.
    rmSync(fresh, { force: true });
    throw error;
  }
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
