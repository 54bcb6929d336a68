import { randomUUID } from 'node:crypto';
import { origin } from '../events/index.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/index.ts';
import { declareAudit, type StoredRecord, writeRecords } from './records.ts';

export { auditConsumer } from './records.ts';
export { auditRoutes, type HistoryReaders } from './routes.ts';

/** What is kept of who did what: the closed set of acts that somebody may ask about later. */
export type AuditedAct =
  | 'login'
  | 'login-failed'
  | 'login-throttled'
  | 'logout'
  | 'password-changed'
  | 'session-ended'
  | 'sessions-ended'
  | 'dialled'
  | 'dial-refused'
  | 'transferred'
  | 'person-opened'
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

/** What kind of thing an act is done to. */
const kindOf: Record<AuditedAct, string> = {
  login: 'user',
  'login-failed': 'login',
  'login-throttled': 'login',
  logout: 'user',
  'password-changed': 'login',
  'session-ended': 'session',
  'sessions-ended': 'user',
  dialled: 'number',
  'dial-refused': 'number',
  transferred: 'number',
  'person-opened': 'person',
  'reading-refused': 'person',
};

const writeEveryMs = 1000;
/** Entries that wait while the database is away; beyond it the oldest go, which is logged. */
const mostWaiting = 10_000;

export interface AuditOptions {
  store: Store;
  log: Log;
  /** The name of a user, for the record: the user may be gone when it is read. */
  nameOf?(id: string): Promise<string | null>;
  now?: () => Date;
}

/** @returns the way to note, and the way to end: what waits is written once more */
export function createAudit(options: AuditOptions): {
  audit: Audit;
  stop(): Promise<void>;
} {
  const { store, log, nameOf = () => Promise.resolve(null), now = () => new Date() } = options;
  declareAudit(store);
  let waiting: StoredRecord[] = [];
  let lost = 0;
  let writing: Promise<void> = Promise.resolve();

  async function named(record: StoredRecord): Promise<StoredRecord> {
    const { actor } = record;
    if (actor.id === null) return record;
    const name = await nameOf(actor.id).catch(() => null);
    return name === null ? record : { ...record, actor: { ...actor, name } };
  }

  async function write(): Promise<void> {
    if (waiting.length === 0 || store.state() !== 'up') return;
    const batch = waiting.slice(0, 500);
    try {
      await writeRecords(store, await Promise.all(batch.map(named)));
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
      waiting.push(recordOf(entry, now()));
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

function recordOf({ who, what, to = null, from = null, details = {} }: AuditEntry, at: Date): StoredRecord {
  const { requestId, address } = origin();
  return {
    _id: randomUUID(),
    at,
    actor: who === null ? { kind: 'system', id: null, name: '' } : { kind: 'user', id: who, name: who },
    what,
    entity: to === null ? null : { kind: kindOf[what], id: to },
    address: from ?? address,
    requestId,
    changes: {},
    details,
  };
}
