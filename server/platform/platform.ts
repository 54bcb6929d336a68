import type { Registry } from 'prom-client';
import type { Config } from '../config/index.ts';
import { type Audit, auditConsumer, createAudit } from './audit/index.ts';
import { createSessions, type KnownUser, type Sessions, Tokens } from './auth/index.ts';
import { EventLog } from './events/index.ts';
import { type Jobs, openJobs } from './jobs/index.ts';
import { createBrowsing, type Turns } from './limits/turns.ts';
import { announceChanges, Topics } from './live/index.ts';
import type { Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import { CannotStart } from './process/cannot-start.ts';
import { sessionSecret } from './process/secret.ts';
import type { Phase } from './process/shutdown.ts';
import { openStore, type Store } from './store/index.ts';

/** Notes what has to be stopped, as soon as there is something to stop: the last begun is stopped first. */
export type Begin = (phase: Phase) => void;

/** What stands before anybody is known: the database is open. */
export interface Ground {
  config: Config;
  log: Log;
  metrics: Registry;
  store: Store;
  begin: Begin;
}

/** What every feature is given. */
export interface Platform extends Ground {
  /** Signs the cookies. */
  secret: string;
  sessions: Sessions;
  /** Keys of programs. */
  tokens: Tokens;
  audit: Audit;
  events: EventLog;
  topics: Topics;
  jobs: Jobs;
  /** The line in which lists and searches wait: they leave the database's connections to the calls. */
  browsing: Turns;
}

/** @throws CannotStart when the database cannot be opened */
export async function openGround(options: Omit<Ground, 'metrics' | 'store'>): Promise<Ground> {
  const { config, log, begin } = options;
  const metrics = createMetrics();
  const { mongoUrl, dataDir } = config;
  const store = await openStore({ mongoUrl, dataDir, log, metrics }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new CannotStart(`The database cannot be opened: ${why}`, { cause: error });
  });
  begin({ name: 'the database', limitMs: 8000, run: store.close });
  return { ...options, metrics, store };
}

/** @param findUser a user by the id, who may be shut out by now; null when there is none */
export async function openPlatform(
  ground: Ground,
  findUser: (id: string) => Promise<KnownUser | null>,
): Promise<Platform> {
  const { config, store, log, begin } = ground;
  const secret = config.sessionSecret ?? sessionSecret(config.dataDir);
  const tokens = new Tokens({ store });
  const sessions = createSessions({ store, secret, findUser, tokens, https: config.trustProxy.length > 0 });
  const { audit, stop: stopAudit } = createAudit({
    store,
    log,
    nameOf: async (id) => (await findUser(id))?.name ?? null,
  });
  begin({ name: 'the audit', limitMs: 2000, run: stopAudit });
  const events = new EventLog({ store, log });
  begin({ name: 'the event log', limitMs: 3000, run: () => events.stop() });
  const jobs = await openJobs({ redisUrl: config.redisUrl, store, log });
  begin({ name: 'the jobs', limitMs: 6000, run: () => jobs.stop() });
  const topics = new Topics({ log });
  announceChanges(events, topics);
  events.consume(auditConsumer(store));
  return { ...ground, secret, sessions, tokens, audit, events, topics, jobs, browsing: createBrowsing() };
}
