import type { Job, JobState } from '@ringdesk/shared/job';
import { type Job as BullJob, type JobType, Queue, UnrecoverableError, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { type Origin, onBehalfOf, origin } from '../events/index.ts';
import type { Log } from '../log.ts';
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

export interface RedisJobsOptions {
  redisUrl: string;
  log: Log;
  /** How many run at once on this server. */
  concurrency?: number;
  /** ms without a sign of life after which a job is another server's. */
  leaseMs?: number;
  /** What the keys begin with: one database may serve several houses. */
  prefix?: string;
}

const queueName = 'jobs';
const keptForSeconds = 7 * 86_400;
/** ms between looks whether a running job was cancelled by another server. */
const cancelLookMs = 1000;

const bullStates: Record<JobState, JobType[]> = {
  waiting: ['waiting', 'delayed', 'prioritized'],
  running: ['active'],
  done: ['completed'],
  failed: ['failed'],
  cancelled: ['failed'],
};

/** A job's data: its payload, and whether somebody cancelled it. */
interface Data {
  payload: unknown;
  /** Who wanted it: what it changes is theirs. Absent: the server itself. */
  origin?: Origin;
  cancelled?: boolean;
}

/** Jobs on Redis by BullMQ: for many of them, or many servers. https://docs.bullmq.io */
export class RedisJobs implements Jobs {
  readonly #connection: Redis;
  readonly #queue: Queue<Data>;
  readonly #log: Log;
  readonly #options: Required<Pick<RedisJobsOptions, 'concurrency' | 'leaseMs' | 'prefix'>>;
  readonly #runners = new Map<string, Runner>();
  readonly #repeated = new Map<string, { schedule: Schedule; payload: unknown }>();
  readonly #running = new Map<string, AbortController>();
  #worker: Worker<Data> | null = null;

  constructor({ redisUrl, log, concurrency = 4, leaseMs = 15_000, prefix = 'ringdesk' }: RedisJobsOptions) {
    // BullMQ asks for this: its commands wait for the connection instead of failing.
    this.#connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
    this.#connection.on('error', (error) => log.warn({ err: error }, 'Redis cannot be reached; jobs wait'));
    this.#log = log;
    this.#options = { concurrency, leaseMs, prefix };
    this.#queue = new Queue<Data>(queueName, { connection: this.#connection, prefix });
    // The connection's own error is logged already.
    this.#queue.on('error', () => undefined);
  }

  register<T>(definition: JobDefinition<T>): void {
    this.#runners.set(definition.name, runnerOf(definition));
  }

  async later<T>(definition: JobDefinition<T>, payload: T, options: LaterOptions = {}): Promise<string> {
    const { key } = options;
    const added = await this.#queue.add(
      definition.name,
      { payload: definition.payload.parse(payload), origin: origin() },
      {
        ...this.#ways(definition),
        delay:
          options.at === undefined ? (options.delayMs ?? 0) : Math.max(0, options.at.getTime() - Date.now()),
        ...(key === undefined ? {} : { deduplication: { id: `${definition.name} ${key}` } }),
      },
    );
    return added.id ?? '';
  }

  every<T>(definition: JobDefinition<T>, schedule: Schedule, payload: T): void {
    nextDue(schedule, new Date());
    this.#repeated.set(definition.name, { schedule, payload });
  }

  async get(id: string): Promise<Job | null> {
    const found = await this.#queue.getJob(id);
    return found === undefined ? null : shown(found);
  }

  async list({ states, limit }: { states: readonly JobState[]; limit: number }): Promise<Job[]> {
    const types = [...new Set(states.flatMap((state) => bullStates[state]))];
    const found = await Promise.all((await this.#queue.getJobs(types, 0, limit * 2 - 1)).map(shown));
    return found
      .filter(({ state }) => states.includes(state))
      .sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1))
      .slice(0, limit);
  }

  async cancel(id: string): Promise<boolean> {
    const found = await this.#queue.getJob(id);
    if (found === undefined) return false;
    const state = await found.getState();
    if (state === 'completed' || state === 'failed') return false;
    await found.updateData({ ...found.data, cancelled: true });
    this.#running.get(id)?.abort();
    // Due at once, so that it is taken, seen to be cancelled, and kept as such.
    if (state === 'delayed') await found.promote();
    return true;
  }

  async retry(id: string): Promise<boolean> {
    const found = await this.#queue.getJob(id);
    if (found === undefined || !(await found.isFailed()) || found.data.cancelled === true) return false;
    await found.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
    return true;
  }

  async start(): Promise<void> {
    const { concurrency, leaseMs, prefix } = this.#options;
    for (const [name, { schedule, payload }] of this.#repeated) {
      const repeat =
        'cron' in schedule ? { pattern: schedule.cron, tz: schedule.timeZone } : { every: schedule.everyMs };
      const runner = this.#runners.get(name);
      await this.#queue.upsertJobScheduler(name, repeat, {
        name,
        data: { payload },
        opts: runner === undefined ? {} : this.#ways(runner),
      });
    }
    this.#worker = new Worker<Data>(queueName, (job) => this.#run(job), {
      connection: this.#connection,
      prefix,
      concurrency,
      lockDuration: leaseMs,
      stalledInterval: Math.max(500, leaseMs / 3),
      // A server that dies is no failure of the job.
      maxStalledCount: 100,
      settings: {
        backoffStrategy: (attempt, _type, _error, job) => {
          const runner = this.#runners.get(job?.name ?? '');
          return runner === undefined ? 1000 : backoffAfter(runner, attempt);
        },
      },
    });
    this.#worker.on('error', (error) => this.#log.warn({ err: error }, 'Jobs could not be looked for'));
    await this.#worker.waitUntilReady();
  }

  async stop(limitMs = 5000): Promise<void> {
    const closed = this.#worker?.close() ?? Promise.resolve();
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, limitMs).unref())]);
    for (const abort of this.#running.values()) abort.abort();
    await this.#worker?.close(true);
    await this.#queue.close();
    this.#connection.disconnect();
  }

  #ways({ attempts }: { attempts: number }) {
    const kept = { age: keptForSeconds };
    return { attempts, backoff: { type: 'custom' }, removeOnComplete: kept, removeOnFail: kept } as const;
  }

  async #run(job: BullJob<Data>): Promise<void> {
    const runner = this.#runners.get(job.name);
    const id = job.id ?? '';
    if (runner === undefined) throw new Error(`This server knows no job '${job.name}'`);
    const abort = new AbortController();
    this.#running.set(id, abort);
    const look = setInterval(() => void this.#lookCancelled(id, abort), cancelLookMs);
    try {
      if (await this.#isCancelled(id)) throw cancelled();
      const context: JobContext = {
        id,
        attempt: job.attemptsStarted,
        signal: abort.signal,
        progress: async (value) => {
          await job.updateProgress(JSON.parse(JSON.stringify(value)));
        },
      };
      const { payload, origin: wanted } = job.data;
      const run = () => runner.run(payload, context);
      await (wanted === undefined ? run() : onBehalfOf(wanted, run));
      if (await this.#isCancelled(id)) throw cancelled();
    } catch (error) {
      if (await this.#isCancelled(id)) throw cancelled();
      if (job.attemptsMade + 1 >= runner.attempts)
        this.#log.error({ err: error, job: job.name, id }, 'A job failed for good');
      throw error instanceof Error ? error : new Error(messageOf(error));
    } finally {
      clearInterval(look);
      this.#running.delete(id);
    }
  }

  async #isCancelled(id: string): Promise<boolean> {
    return (await this.#queue.getJob(id))?.data.cancelled === true;
  }

  async #lookCancelled(id: string, abort: AbortController): Promise<void> {
    if (await this.#isCancelled(id).catch(() => false)) abort.abort();
  }
}

/** No further attempt is made. */
const cancelled = () => new UnrecoverableError('Cancelled');

async function shown(job: BullJob<Data>): Promise<Job> {
  const state = stateOf(await job.getState(), job.data.cancelled === true);
  return {
    id: job.id ?? '',
    name: job.name,
    state,
    attempt: job.attemptsStarted,
    progress: typeof job.progress === 'number' && job.progress === 0 ? null : job.progress,
    error: state === 'cancelled' ? null : (job.failedReason ?? null),
    createdAt: new Date(job.timestamp).toISOString(),
    runAt: new Date(job.processedOn ?? job.timestamp + job.delay).toISOString(),
    endedAt: job.finishedOn === undefined ? null : new Date(job.finishedOn).toISOString(),
  };
}

function stateOf(state: string, cancelled: boolean): JobState {
  if (state === 'completed') return 'done';
  if (state === 'failed') return cancelled ? 'cancelled' : 'failed';
  return state === 'active' ? 'running' : 'waiting';
}
