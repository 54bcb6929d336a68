import { AsyncLocalStorage } from 'node:async_hooks';
import { type Actor, systemActor } from '@ringdesk/shared/event';

/** On whose behalf something is done. */
export interface Origin {
  actor: Actor;
  requestId: string | null;
  address: string | null;
}

const current = new AsyncLocalStorage<Origin>();
const ofTheServer: Origin = { actor: systemActor, requestId: null, address: null };

/** Runs work on somebody's behalf: whatever it changes, also later, is theirs. */
export function onBehalfOf<T>(origin: Origin, work: () => T): T {
  return current.run(origin, work);
}

/** On whose behalf this runs; the server's own outside of a request. */
export function origin(): Origin {
  return current.getStore() ?? ofTheServer;
}
