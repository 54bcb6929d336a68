import session, { type SessionData } from 'express-session';
import { Refusal } from '../errors.ts';
import { withTimeout } from '../store/with-timeout.ts';

interface Kept {
  /** As JSON, so that nobody changes it behind our back. */
  text: string;
  /** When the database told of it last, of its content and of its being there. All times on the monotonic clock (ms). */
  readAt: number;
  seenAt: number;
  expiresAt: number;
  touchedAt: number;
  /** Not in the database yet: it was away. */
  unsaved: boolean;
  /** Ended here; the database may not know yet. */
  ended: boolean;
}

const freshMs = 2000;
const touchEveryMs = 5 * 60_000;
const most = 20_000;
/** How long the database may take to tell of a session that memory knows (ms). */
const patienceMs = 500;

export interface RememberingOptions {
  /** The sessions in the database; null while it is known to be away. */
  inner(): session.Store | null;
  /** Which of these sessions the database still has: all of them are asked at once. Fails while it is away. */
  stillThere(sids: readonly string[]): Promise<ReadonlySet<string>>;
  /** The monotonic clock, ms: a wall clock that is set back must not make what is old fresh. */
  now(): number;
  /** How long a session lives after its last request (ms). */
  ttlMs: number;
}

/**
 * Sessions in the database, remembered in memory: while the database is away, who is logged in stays so, and what changes is saved when it is
 * back. Without memory of a session and without the database nobody can say whose it is: that is the Refusal `store-unavailable`.
 */
export class RememberingSessionStore extends session.Store {
  readonly #options: RememberingOptions;
  readonly #kept = new Map<string, Kept>();

  constructor(options: RememberingOptions) {
    super();
    this.#options = options;
  }

  override get(sid: string, callback: (error: unknown, session?: SessionData | null) => void): void {
    this.#lookUp(sid).then(
      (found) => setImmediate(callback, null, found),
      (error) => setImmediate(callback, error),
    );
  }

  override set(sid: string, data: SessionData, callback?: (error?: unknown) => void): void {
    this.#keep(sid, data, { unsaved: true });
    void this.#save(sid).then(() => callback?.());
  }

  override touch(sid: string, data: SessionData, callback?: () => void): void {
    void this.#prolong(sid, data).then(() => callback?.());
  }

  override destroy(sid: string, callback?: (error?: unknown) => void): void {
    const kept = this.#kept.get(sid) ?? this.#entry('{}');
    this.#kept.set(sid, { ...kept, ended: true, unsaved: true });
    void this.#save(sid).then(() => callback?.());
  }

  /** Which of these sessions are over, here or by another process. While the database is away only those known to be over. */
  async endedAmong(sids: readonly string[]): Promise<ReadonlySet<string>> {
    const ended = new Set<string>();
    const unsure: string[] = [];
    const at = this.#options.now();
    for (const sid of sids) {
      const kept = this.#kept.get(sid);
      if (kept !== undefined && isOver(kept, at)) ended.add(sid);
      else if (kept === undefined || (!kept.unsaved && at - kept.seenAt >= freshMs)) unsure.push(sid);
    }
    if (unsure.length === 0 || this.#options.inner() === null) return ended;
    const there = await withTimeout(this.#options.stillThere(unsure), patienceMs, () => null).catch(
      () => null,
    );
    if (there === null) return ended;
    for (const sid of unsure) {
      const kept = this.#kept.get(sid);
      if (there.has(sid)) {
        if (kept !== undefined) kept.seenAt = at;
      } else if (kept?.unsaved !== true) {
        this.#kept.delete(sid);
        ended.add(sid);
      }
    }
    return ended;
  }

  /** Saves what changed while the database was away. To be called when it is back. */
  async flush(): Promise<void> {
    const unsaved = [...this.#kept].filter(([, kept]) => kept.unsaved);
    await Promise.all(unsaved.map(([sid]) => this.#save(sid)));
  }

  async #lookUp(sid: string): Promise<SessionData | null> {
    const { now, inner } = this.#options;
    const kept = this.#kept.get(sid);
    if (kept !== undefined) {
      if (isOver(kept, now())) return null;
      if (kept.unsaved || now() - kept.readAt < freshMs) return JSON.parse(kept.text);
    }
    const asked = this.#ask(sid, inner());
    if (kept === undefined) return asked;
    const remembered = (): SessionData => JSON.parse(kept.text);
    return withTimeout(asked, patienceMs, remembered).catch(remembered);
  }

  async #ask(sid: string, database: session.Store | null): Promise<SessionData | null> {
    if (database === null) throw away();
    const found = await read(database, sid).catch((error: unknown) => {
      throw away(error);
    });
    // It may have been ended here, or changed, while the database was asked.
    const kept = this.#kept.get(sid);
    if (kept?.ended) return null;
    if (kept?.unsaved) return JSON.parse(kept.text);
    if (found === null) this.#kept.delete(sid);
    else this.#keep(sid, found, { unsaved: false });
    return found;
  }

  async #prolong(sid: string, data: SessionData): Promise<void> {
    const { now, inner } = this.#options;
    const kept = this.#kept.get(sid);
    if (kept?.ended) return;
    const due = kept === undefined || now() - kept.touchedAt > touchEveryMs;
    const next = this.#keep(sid, data, { unsaved: kept?.unsaved ?? false });
    // A touch tells nothing of what the database holds: a session that was ended elsewhere must be noticed.
    next.readAt = kept?.readAt ?? 0;
    if (!due || next.unsaved) return;
    next.touchedAt = now();
    const database = inner();
    // Not being able to prolong a session now is no reason to fail the request.
    if (database?.touch !== undefined)
      await new Promise<void>((resolve) => database.touch?.(sid, data, () => resolve()));
  }

  /** What could not be saved stays unsaved, and is served from memory meanwhile. */
  async #save(sid: string): Promise<void> {
    const kept = this.#kept.get(sid);
    const database = this.#options.inner();
    if (kept === undefined || database === null) return;
    const error = await new Promise<unknown>((resolve) => {
      if (kept.ended) database.destroy(sid, resolve);
      else database.set(sid, JSON.parse(kept.text), resolve);
    });
    if (!error && this.#kept.get(sid) === kept) kept.unsaved = false;
  }

  #entry(text: string): Kept {
    const { now, ttlMs } = this.#options;
    const at = now();
    return {
      text,
      readAt: at,
      seenAt: at,
      expiresAt: at + ttlMs,
      touchedAt: at,
      unsaved: false,
      ended: false,
    };
  }

  #keep(sid: string, data: SessionData, { unsaved }: { unsaved: boolean }): Kept {
    const before = this.#kept.get(sid);
    const entry = { ...this.#entry(JSON.stringify(data)), unsaved };
    if (before !== undefined) entry.touchedAt = before.touchedAt;
    this.#kept.delete(sid);
    this.#kept.set(sid, entry);
    if (this.#kept.size > most) this.#forgetOldest();
    return entry;
  }

  #forgetOldest(): void {
    for (const [sid, kept] of this.#kept) {
      if (kept.unsaved) continue;
      this.#kept.delete(sid);
      return;
    }
  }
}

function isOver(kept: Kept, at: number): boolean {
  return kept.ended || kept.expiresAt <= at;
}

function read(database: session.Store, sid: string): Promise<SessionData | null> {
  return new Promise((resolve, reject) => {
    database.get(sid, (error, found) => (error ? reject(error) : resolve(found ?? null)));
  });
}

function away(cause?: unknown): Refusal {
  return new Refusal(
    'store-unavailable',
    'The database cannot be reached now, so that the session is not known. Try again in a moment.',
    { cause },
  );
}
