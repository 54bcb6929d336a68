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
  return new SegmentedJournal(options);
}

class SegmentedJournal implements Journal {
  private readonly dir: string;
  private readonly pbx: string;
  private readonly log: Log;
  private readonly segmentBytes: number;
  private readonly segmentAgeMs: number;
  private readonly keepMs: number;
  private readonly now: () => number;
  private readonly uptime: () => number;
  private readonly cursorFile: string;
  private newest: number;
  private written: number;
  private saved: number;
  /** The segment's file; null before the first. */
  private out: Appended | null = null;
  /** Of it, the state with which it begins: a large one is no reason for the next segment. */
  private headLength = 0;
  private openedAt: number;
  private triedAt = Number.NEGATIVE_INFINITY;
  /** What failed last; null when all is on the disk. */
  private failing: string | null = null;

  constructor(options: JournalOptions) {
    this.dir = options.dir;
    this.pbx = options.pbx;
    this.log = options.log;
    this.segmentBytes = options.segmentBytes ?? 64 * 1024 * 1024;
    this.segmentAgeMs = options.segmentAgeMs ?? 3_600_000;
    this.keepMs = options.keepMs ?? 14 * 86_400_000;
    this.now = options.now ?? Date.now;
    this.uptime = options.uptime ?? (() => performance.now());
    mkdirSync(this.dir, { recursive: true, mode: 0o700 });
    this.cursorFile = join(this.dir, `${this.pbx}.written`);
    this.newest = segments(this.dir, this.pbx).at(-1) ?? 0;
    this.written = readCursor(this.cursorFile);
    this.saved = this.written;
    this.openedAt = this.uptime();
  }

  get segment(): number {
    return this.newest;
  }

  append(bytes: Uint8Array): void {
    try {
      if (this.out === null) throw new Error(this.failing ?? 'no segment could be opened');
      this.out.append(bytes);
    } catch (error) {
      this.report(error);
    }
  }

  due(): boolean {
    if (this.out === null || this.failing !== null) return this.uptime() - this.triedAt >= retryMs;
    return (
      this.out.length - this.headLength > this.segmentBytes ||
      this.uptime() - this.openedAt > this.segmentAgeMs
    );
  }

  rotate(state: string): boolean {
    this.triedAt = this.uptime();
    try {
      const head = stateFrames(this.pbx, state);
      const next = Math.max(this.newest, ...segments(this.dir, this.pbx)) + 1;
      const begun = beginSegment(join(this.dir, segmentName(this.pbx, next)), head);
      this.out?.close();
      this.out = begun;
      this.headLength = begun.length;
      this.newest = next;
      this.openedAt = this.uptime();
      if (this.failing !== null) this.log.info({ pbx: this.pbx }, 'The journal is being written again.');
      this.failing = null;
    } catch (error) {
      this.report(error);
      this.goOnInNewest();
      return false;
    }
    this.saveCursor();
    this.removeOld();
    return true;
  }

  writtenBefore(number: number): void {
    if (number <= this.written) return;
    this.written = number;
    this.saveCursor();
  }

  toRecover(): readonly { file: string; segment: number }[] {
    const all = segments(this.dir, this.pbx);
    // The newest is always read: its head and its messages give the calls that were open.
    const from = Math.min(Math.max(this.written, all[0] ?? 0), all.at(-1) ?? 0);
    return all
      .filter((number) => number >= from)
      .map((number) => ({ file: join(this.dir, segmentName(this.pbx, number)), segment: number }));
  }

  putAside(number: number, why: string): void {
    const file = join(this.dir, segmentName(this.pbx, number));
    this.log.error(
      { pbx: this.pbx, why },
      `${file} is damaged: what can be read of it is used, and it is kept as ${file}.damaged. Calls of that time may be lacking.`,
    );
    // The one that is written now keeps its name: what comes would go aside with it.
    if (number === this.newest && this.out !== null) return;
    try {
      renameSync(file, `${file}.damaged`);
    } catch (error) {
      this.log.error(
        { err: error, file },
        'The damaged segment cannot be renamed; it is read again at the next start',
      );
    }
  }

  status(): JournalStatus {
    return this.failing === null ? { kind: 'written' } : { kind: 'failing', why: this.failing };
  }

  close(): void {
    this.saveCursor();
    this.out?.close();
    this.out = null;
  }

  private report(error: unknown): void {
    if (this.failing === null)
      this.log.error(
        { err: error, pbx: this.pbx },
        'The journal cannot be written: calls go on, but a crash now would lose them. Free space on the disk of the data directory.',
      );
    this.failing = error instanceof Error ? error.message : String(error);
  }

  /** After a start: the last run's segment takes what comes, until a new one can be begun. */
  private goOnInNewest(): void {
    if (this.out !== null || this.newest === 0) return;
    try {
      const file = join(this.dir, segmentName(this.pbx, this.newest));
      this.out = appendedFile(openSync(file, 'a'), wholeLength(file));
    } catch {
      // Told already; tried again with the next new segment.
    }
  }

  private removeOld(): void {
    for (const number of segments(this.dir, this.pbx)) {
      if (number >= Math.min(this.written, this.newest)) break;
      const file = join(this.dir, segmentName(this.pbx, number));
      try {
        if (this.now() - statSync(file).mtimeMs > this.keepMs) rmSync(file, { force: true });
      } catch (error) {
        this.log.warn({ err: error, file }, 'An old segment of the journal cannot be removed');
      }
    }
  }

  /** One that is behind costs only time at the next start. */
  private saveCursor(): void {
    if (this.saved === this.written) return;
    try {
      writeFileSync(`${this.cursorFile}.new`, String(this.written), { mode: 0o600 });
      renameSync(`${this.cursorFile}.new`, this.cursorFile);
      this.saved = this.written;
    } catch (error) {
      this.log.warn(
        { err: error, pbx: this.pbx },
        'How far the journal is in the database cannot be noted; it is tried again',
      );
    }
  }
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
