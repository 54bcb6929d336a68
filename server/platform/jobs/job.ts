import { retryDelayMs } from '@ringdesk/shared/backoff';
import type { Job, JobState } from '@ringdesk/shared/job';
import type { z } from 'zod';

/** What a job is given besides its payload. */
export interface JobContext {
  id: string;
  /** 1 for the first. */
  attempt: number;
  /** Aborted when somebody cancels the job, or this server no longer holds it. */
  signal: AbortSignal;
  /** Says how far it is; also kept for the next attempt. */
  progress(value: unknown): Promise<void>;
}

/** Work that may wait and survives a restart. It runs at least once: a second run must do no harm. */
export interface JobDefinition<T> {
  /** Unique and for ever: waiting jobs are kept under it. */
  name: string;
  payload: z.ZodType<T>;
  /** How often it is tried in all before it is left to a person. */
  attempts: number;
  /** Wait before the second attempt, ms; doubled each time, at most an hour. */
  backoffMs: number;
  run(payload: T, context: JobContext): Promise<void>;
}

/** @param given 5 attempts, the second after 2 s, unless said otherwise */
export function defineJob<T>(
  given: Omit<JobDefinition<T>, 'attempts' | 'backoffMs'> & { attempts?: number; backoffMs?: number },
): JobDefinition<T> {
  return { attempts: 5, backoffMs: 2000, ...given };
}

export interface LaterOptions {
  /** ms from now; a clock that is set changes nothing in that. */
  delayMs?: number;
  /** At this moment by the clock on the wall. */
  at?: Date;
  /** Of jobs of one name and key only one is there at a time, waiting or running: a second one is the first. */
  key?: string;
}

/** When a repeated job is due: each so many ms, or by a cron expression in a time zone. */
export type Schedule = { everyMs: number } | { cron: string; timeZone: string };

/** The one door to work that may wait. Two kinds of it, on Redis and on the store, pass the same tests. */
export interface Jobs {
  /** Says how jobs of this name are done; before `start`. */
  register<T>(definition: JobDefinition<T>): void;
  /**
   * Has it done once. Returns the job's id.
   * @throws Refusal `store-unavailable`; ZodError for a payload that is none
   */
  later<T>(definition: JobDefinition<T>, payload: T, options?: LaterOptions): Promise<string>;
  /** Has it done again and again, once for all servers; a schedule that is declared again replaces the one before. */
  every<T>(definition: JobDefinition<T>, schedule: Schedule, payload: T): void;
  get(id: string): Promise<Job | null>;
  /** Newest first. */
  list(query: { states: readonly JobState[]; limit: number }): Promise<Job[]>;
  /** A waiting one is not begun, a running one is told to stop. False when it has ended already. */
  cancel(id: string): Promise<boolean>;
  /** Tries a failed one again, with all its attempts. False when it is none. */
  retry(id: string): Promise<boolean>;
  start(): Promise<void>;
  /** Begins no more; waits for what runs, at most `limitMs`, and leaves the rest to whoever is next. */
  stop(limitMs?: number): Promise<void>;
}

const longestBackoffMs = 3_600_000;

/** Wait after so many failed attempts, ms. */
export function backoffAfter({ backoffMs }: { backoffMs: number }, attempt: number): number {
  return retryDelayMs(attempt, backoffMs, longestBackoffMs);
}

/** A definition whose payload's type is forgotten: how a runner keeps it. */
export interface Runner {
  attempts: number;
  backoffMs: number;
  run(payload: unknown, context: JobContext): Promise<void>;
}

export function runnerOf<T>(definition: JobDefinition<T>): Runner {
  const { attempts, backoffMs } = definition;
  return {
    attempts,
    backoffMs,
    run: async (payload, context) => definition.run(definition.payload.parse(payload), context),
  };
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
