import { readFileSync } from 'node:fs';
import {
  type AmiMessage,
  type AmiSession,
  type AmiState,
  createAmiMetrics,
  createAmiSession,
} from '../ami/index.ts';
import { wantedEvents } from '../calls/index.ts';
import type { LinkOptions } from './options.ts';

/** Classes of events that are asked for: without dialplan, test and security noise (Asterisk: manager.conf, "read"). */
export const eventClasses = 'system,call,agent,user,dtmf,reporting';

/** What the reading session says. */
export interface ReaderHooks {
  onMessage(message: AmiMessage): void;
  onState(state: AmiState): void;
}

/**
 * The two sessions with one PBX: one reads, one acts. What becomes of either is logged.
 * @throws when the file of the PBX's certificate authority cannot be read
 */
export function pbxSessions(
  { pbx, log, metrics, timing }: Pick<LinkOptions, 'pbx' | 'log' | 'metrics' | 'timing'>,
  hooks: ReaderHooks,
): { reader: AmiSession; actor: AmiSession } {
  const common = {
    host: pbx.host,
    port: pbx.port,
    ...(pbx.tls
      ? { tls: pbx.tlsCaFile === undefined ? {} : { ca: readFileSync(pbx.tlsCaFile, 'utf8') } }
      : {}),
    ...(timing === undefined ? {} : { timing }),
  };

  function report(session: string, next: AmiState): void {
    if (next.kind === 'ready') {
      log.info({ pbx: pbx.name, session }, `PBX ${pbx.name}: ${session} session is ready`);
      if (next.warning !== undefined) log.warn({ pbx: pbx.name, session }, next.warning);
    } else if (next.kind === 'down' && next.retryInMs > 0) {
      const level = next.reason === 'login-refused' ? 'error' : 'warn';
      log[level]({ pbx: pbx.name, session, retryInMs: next.retryInMs }, next.message);
    }
  }

  const reader = createAmiSession({
    ...common,
    name: pbx.name,
    username: pbx.eventsUser,
    secret: pbx.eventsSecret,
    events: eventClasses,
    wanted: wantedEvents,
    metrics: createAmiMetrics(metrics, pbx.name, 'events'),
    onMessage: hooks.onMessage,
    onState(next) {
      report('events', next);
      hooks.onState(next);
    },
  });
  const actor = createAmiSession({
    ...common,
    name: `${pbx.name} (actions)`,
    username: pbx.actionsUser,
    secret: pbx.actionsSecret,
    events: 'off',
    onMessage() {},
    onState: (next) => report('actions', next),
  });
  return { reader, actor };
}
