import { randomUUID } from 'node:crypto';
import type { Log } from '../log.ts';
import type { Store } from '../store/index.ts';

/** What is kept of who did what: the closed set of acts that somebody may ask about later. */
export type AuditedAct =
  | 'login'
  | 'login-failed'
  | 'login-throttled'
  | 'logout'
  | 'password-changed'
  | 'session-ended'
  | 'dialled'
  | 'dial-refused'
  | 'transferred'
  | 'reading-refused';

export interface AuditEntry {
  /** The user's id; null when nobody was logged in. */
  who: string | null;
  what: AuditedAct;
  /** What it was done to: a login, a number, an id. */
  to?: string | null;
  /** The address that it came from. */
  from?: string | null;
  details?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Notes who did what, when and from where. Never throws and never waits: what cannot be written now is written when the database is back. */
export type Audit = (entry: AuditEntry) => void;

interface AuditDocument extends AuditEntry {
  _id: string;
  at: Date;
}

const writeEveryMs = 1000;
/** Entries that wait while the database is away; beyond it the oldest go, which is logged. */
const mostWaiting = 10_000;

export interface AuditOptions {
  store: Store;
  log: Log;
  now?: () => Date;
}

/** @returns the way to note, and the way to end: what waits is written once more */
export function createAudit({ store, log, now = () => new Date() }: AuditOptions): {
  audit: Audit;
  stop(): Promise<void>;
} {
  store.index('audit', [
    { key: { at: -1 }, name: 'newest' },
    { key: { who: 1, at: -1 }, name: 'who' },
  ]);
  let waiting: AuditDocument[] = [];
  let lost = 0;
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    if (waiting.length === 0 || store.state() !== 'up') return;
    const batch = waiting.slice(0, 500);
    try {
      // The ids are ours: a batch that was written in part is written again without harm.
      await store.collection<AuditDocument>('audit').bulkWrite(
        batch.map((document) => ({
          replaceOne: { filter: { _id: document._id }, replacement: document, upsert: true },
        })),
        { ordered: false },
      );
      const written = new Set(batch);
      waiting = waiting.filter((document) => !written.has(document));
    } catch (error) {
      log.warn({ err: error }, 'What was done could not be written to the audit; it is tried again');
    }
    if (lost > 0) log.error({ lost }, 'Entries of the audit were lost: the database was away for too long');
    lost = 0;
  }

  function turn(): void {
    writing = writing.then(write);
  }
  const timer = setInterval(turn, writeEveryMs);
  timer.unref();

  return {
    audit(entry) {
      waiting.push({ ...entry, _id: randomUUID(), at: now() });
      if (waiting.length <= mostWaiting) return;
      waiting.shift();
      lost += 1;
    },
    async stop() {
      clearInterval(timer);
      turn();
      await writing;
    },
  };
}
