import { randomUUID } from 'node:crypto';
import type { Job, JobState } from '@ringdesk/shared/job';
import { ClockWatch } from '../clock-watch.ts';
import { type Origin, onBehalfOf, origin } from '../events/index.ts';
import type { Log } from '../log.ts';
import { isDuplicate, isStoreAway, type Store } from '../store/index.ts';
import {
  backoffAfter,
  type JobContext,
  type JobDefinition,
  type Jobs,
  type LaterOptions,
  messageOf,
  type Runner,
  runnerOf,
  type Schedule,
} from './job.ts';
import { nextDue } from './schedule.ts';

interface Kept {
  _id: string;
  name: string;
  payload: unknown;
  /** Who wanted it: what it changes is theirs. */
  origin: Origin;
  state: JobState;
  attempt: number;
  progress: unknown;
  error: string | null;
  createdAt: Date;
  runAt: Date;
  endedAt: Date | null;
  /** Due so many ms after something, not at a time of day. */
  relative?: boolean;
  /** `name key` while it waits or runs: unique then. */
  activeKey?: string;
  /** Who runs it, renewed while it does. */
  lease?: { owner: string; until: Date };
  cancelled?: boolean;
}

interface KeptSchedule {
  _id: string;
  schedule: Schedule;
  next: Date;
}

export interface StoreJobsOptions {
  store: Store;
  log: Log;
  /** How many run at once on this server. */
  concurrency?: number;
  /** ms without a sign of life after which a job is another server's. */
  leaseMs?: number;
  /** ms between looks for work. */
  pollMs?: number;
}

const collectionName = 'jobs';
const schedulesName = 'jobSchedules';
const keptForSeconds = 7 * 86_400;

/** Jobs on the store: durable, for one server or a few. */
export class StoreJobs implements Jobs {
  readonly #store: Store;
  readonly #log: Log;
  readonly #concurrency: number;
  readonly #leaseMs: number;
  readonly #pollMs: number;
  readonly #owner = randomUUID();
  readonly #runners = new Map<string, Runner>();
  readonly #repeated = new Map<string, { definition: string; schedule: Schedule; payload: unknown }>();
  readonly #running = new Map<string, { abort: AbortController; done: Promise<void> }>();
  readonly #clock = new ClockWatch();
  #timer: NodeJS.Timeout | null = null;
  #looking = false;

  constructor({ store, log, concurrency = 4, leaseMs = 15_000, pollMs = 500 }: StoreJobsOptions) {
    this.#store = store;
    this.#log = log;
    this.#concurrency = concurrency;
    this.#leaseMs = leaseMs;
    this.#pollMs = pollMs;
    store.index(collectionName, [
      { key: { state: 1, runAt: 1 }, name: 'due' },
      { key: { activeKey: 1 }, name: 'activeKey', unique: true, sparse: true },
      { key: { endedAt: 1 }, name: 'endedAt', expireAfterSeconds: keptForSeconds },
    ]);
  }

  register<T>(definition: JobDefinition<T>): void {
    this.#runners.set(definition.name, runnerOf(definition));
  }

  async later<T>(definition: JobDefinition<T>, payload: T, options: LaterOptions = {}): Promise<string> {
    return this.#add(definition.name, definition.payload.parse(payload), options);
  }

  every<T>(definition: JobDefinition<T>, schedule: Schedule, payload: T): void {
    nextDue(schedule, new Date());
    this.#repeated.set(definition.name, { definition: definition.name, schedule, payload });
  }

  async get(id: string): Promise<Job | null> {
    const found = await this.#collection().findOne({ _id: id });
    return found === null ? null : shown(found);
  }

  async list({ states, limit }: { states: readonly JobState[]; limit: number }): Promise<Job[]> {
    const found = this.#collection().find({ state: { $in: [...states] } });
    return (await found.sort({ createdAt: -1 }).limit(limit).toArray()).map(shown);
  }

  async cancel(id: string): Promise<boolean> {
    const end = { $set: { state: 'cancelled', endedAt: new Date() }, $unset: { activeKey: true } } as const;
    const waiting = await this.#collection().updateOne({ _id: id, state: 'waiting' }, end);
    if (waiting.matchedCount === 1) return true;
    const running = await this.#collection().updateOne(
      { _id: id, state: 'running' },
      { $set: { cancelled: true } },
    );
    this.#running.get(id)?.abort.abort();
    return running.matchedCount === 1;
  }

  async retry(id: string): Promise<boolean> {
    const { matchedCount } = await this.#collection().updateOne(
      { _id: id, state: 'failed' },
      { $set: { state: 'waiting', attempt: 0, runAt: new Date(), endedAt: null } },
    );
    return matchedCount === 1;
  }

  async start(): Promise<void> {
    this.#timer = setInterval(() => void this.#look(), this.#pollMs);
    this.#timer.unref();
    await this.#look();
  }

  async stop(limitMs = 5000): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    const all = Promise.allSettled([...this.#running.values()].map(({ done }) => done));
    await Promise.race([all, new Promise((resolve) => setTimeout(resolve, limitMs).unref())]);
    for (const { abort } of this.#running.values()) abort.abort();
    await Promise.race([all, new Promise((resolve) => setTimeout(resolve, 500).unref())]);
  }

  #collection() {
    return this.#store.collection<Kept>(collectionName);
  }

  async #add(name: string, payload: unknown, options: LaterOptions): Promise<string> {
    const { delayMs = 0, at, key } = options;
    const now = new Date();
    const kept: Kept = {
      _id: randomUUID(),
      name,
      payload,
      origin: origin(),
      state: 'waiting',
      attempt: 0,
      progress: null,
      error: null,
      createdAt: now,
      runAt: at ?? new Date(now.getTime() + delayMs),
      endedAt: null,
      relative: at === undefined,
      ...(key === undefined ? {} : { activeKey: `${name} ${key}` }),
    };
    try {
      await this.#collection().insertOne(kept);
    } catch (error) {
      if (!isDuplicate(error) || kept.activeKey === undefined) throw error;
      const before = await this.#collection().findOne({ activeKey: kept.activeKey });
      // It ended between the two questions: then it is added.
      return before === null ? this.#add(name, payload, options) : before._id;
    }
    if (kept.runAt <= now && this.#timer !== null) setImmediate(() => void this.#look());
    return kept._id;
  }

  /** Looks for work until there is none or enough runs. */
  async #look(): Promise<void> {
    if (this.#looking || this.#timer === null || this.#store.state() !== 'up') return;
    this.#looking = true;
    try {
      await this.#followClock();
      await this.#addRepeated();
      while (this.#timer !== null && this.#running.size < this.#concurrency) {
        const claimed = await this.#claim();
        if (claimed === null) break;
        this.#begin(claimed);
      }
    } catch (error) {
      if (!isStoreAway(error)) this.#log.error({ err: error }, 'Jobs could not be looked for; trying again');
    } finally {
      this.#looking = false;
    }
  }

  /** The machine's clock was set: what is due in so many seconds is due no later, and what runs here stays ours. */
  async #followClock(): Promise<void> {
    const jumpedMs = this.#clock.jumped();
    if (jumpedMs === 0) return;
    this.#log.warn({ jumpedMs }, 'The clock of this machine was set; waiting jobs follow it');
    if (jumpedMs < 0)
      await this.#collection().updateMany({ state: 'waiting', relative: true }, [
        { $set: { runAt: { $add: ['$runAt', jumpedMs] } } },
      ]);
    await this.#collection().updateMany({ state: 'running', 'lease.owner': this.#owner }, [
      { $set: { 'lease.until': { $add: ['$lease.until', jumpedMs] } } },
    ]);
  }

  async #addRepeated(): Promise<void> {
    const schedules = this.#store.collection<KeptSchedule>(schedulesName);
    for (const [name, { schedule, payload }] of this.#repeated) {
      const now = new Date();
      const kept = await schedules.findOne({ _id: name });
      const next = nextDue(schedule, now);
      // Another schedule than before, or a clock that was set back: begun anew.
      if (kept === null || JSON.stringify(kept.schedule) !== JSON.stringify(schedule) || kept.next > next) {
        await schedules.updateOne({ _id: name }, { $set: { schedule, next } }, { upsert: true });
        continue;
      }
      if (kept.next > now) continue;
      const { matchedCount } = await schedules.updateOne({ _id: name, next: kept.next }, { $set: { next } });
      if (matchedCount === 1) await this.#add(name, payload, { key: 'repeated' });
    }
  }

  /** Takes the job that is due longest; one whose server gave no sign of life counts as due. */
  async #claim(): Promise<Kept | null> {
    const now = new Date();
    const names = { name: { $in: [...this.#runners.keys()] } };
    return this.#collection().findOneAndUpdate(
      {
        $or: [
          { state: 'waiting', runAt: { $lte: now }, ...names },
          { state: 'running', 'lease.until': { $lte: now }, ...names },
        ],
      },
      {
        $set: { state: 'running', lease: { owner: this.#owner, until: this.#leaseEnd() } },
        $inc: { attempt: 1 },
      },
      { sort: { runAt: 1 }, returnDocument: 'after' },
    );
  }

  #leaseEnd(): Date {
    return new Date(Date.now() + this.#leaseMs);
  }

  #begin(kept: Kept): void {
    const abort = new AbortController();
    const done = this.#run(kept, abort).catch((error: unknown) => {
      // Its lease runs out, and it is tried again.
      if (!isStoreAway(error)) this.#log.error({ err: error, job: kept.name }, 'A job could not be ended');
    });
    this.#running.set(kept._id, { abort, done });
    void done.then(() => {
      this.#running.delete(kept._id);
      void this.#look();
    });
  }

  async #run(kept: Kept, abort: AbortController): Promise<void> {
    const runner = this.#runners.get(kept.name);
    if (runner === undefined) return;
    const { _id, attempt } = kept;
    /** Only who holds the lease writes. */
    const mine = { _id, state: 'running', attempt, 'lease.owner': this.#owner } as const;
    const renewal = setInterval(() => void this.#renew(mine, abort), this.#leaseMs / 3);
    const context: JobContext = {
      id: _id,
      attempt,
      signal: abort.signal,
      progress: async (value) => {
        await this.#collection().updateOne(mine, { $set: { progress: value } });
      },
    };
    const failure = await onBehalfOf(kept.origin, () => runner.run(kept.payload, context)).then(
      () => null,
      (error: unknown) => ({ error }),
    );
    clearInterval(renewal);
    const cancelled = (await this.#collection().findOne(mine))?.cancelled === true;
    await this.#collection().updateOne(mine, this.#ending(runner, kept, failure, cancelled));
  }

  #ending(runner: Runner, kept: Kept, failure: { error: unknown } | null, cancelled: boolean) {
    const now = new Date();
    const ended = (state: JobState, error: string | null) => ({
      $set: { state, error, endedAt: now },
      $unset: { activeKey: true, lease: true, cancelled: true } as const,
    });
    if (cancelled) return ended('cancelled', null);
    if (failure === null) return ended('done', null);
    const error = messageOf(failure.error);
    if (kept.attempt >= runner.attempts) {
      this.#log.error({ err: failure.error, job: kept.name, id: kept._id }, 'A job failed for good');
      return ended('failed', error);
    }
    const runAt = new Date(now.getTime() + backoffAfter(runner, kept.attempt));
    return {
      $set: { state: 'waiting' as const, error, runAt, relative: true },
      $unset: { lease: true } as const,
    };
  }

  async #renew(mine: { _id: string; attempt: number }, abort: AbortController): Promise<void> {
    try {
      const kept = await this.#collection().findOneAndUpdate(
        { ...mine },
        { $set: { 'lease.until': this.#leaseEnd() } },
      );
      if (kept === null || kept.cancelled === true) abort.abort();
    } catch {
      // The database is away: the job goes on as long as it can, and the lease is renewed when it is back.
    }
  }
}

function shown({ _id, name, state, attempt, progress, error, createdAt, runAt, endedAt }: Kept): Job {
  return {
    id: _id,
    name,
    state,
    attempt,
    progress,
    error,
    createdAt: createdAt.toISOString(),
    runAt: runAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
