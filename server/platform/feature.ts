import type { Route } from './api/index.ts';
import type { HistoryReaders } from './audit/index.ts';
import type { Consumer } from './events/index.ts';

/** What a feature gives to the house; `server/features/index.ts` lists them all. What it builds of its own stays behind its door. */
export interface Feature {
  routes?: readonly Route[];
  /** Collections whose documents carry events. */
  sources?: readonly string[];
  /** What it does when others' events happen. */
  consumers?: readonly Consumer[];
  /** By the kind of thing: who may read what happened to one. */
  history?: HistoryReaders;
  /** Runs before the web server listens, and before any call is told. */
  start?(): Promise<void>;
  /** Runs when no request and no call comes any more; after 3 s it is left behind. */
  stop?(): Promise<void> | void;
}
