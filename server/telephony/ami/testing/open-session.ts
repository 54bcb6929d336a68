import type { AmiMessage } from '../message.ts';
import type { AmiOptions, AmiSession } from '../options.ts';
import { createAmiSession } from '../session.ts';
import type { AmiState } from '../state.ts';
import { Pool } from './scripted-server.ts';

export interface OpenSession {
  session: AmiSession;
  messages: AmiMessage[];
  states: AmiState[];
  /** The next state of this kind that was not handed out before. */
  next<K extends AmiState['kind']>(kind: K): Promise<Extract<AmiState, { kind: K }>>;
  /** The next event with this name that was not handed out before. */
  event(name: string): Promise<AmiMessage>;
}

/** Milliseconds, so that nothing in a test waits long; what must not happen is set far away by the test itself. */
const quick = { backoffMinMs: 1, backoffMaxMs: 5, loginRefusedMs: 5, stopMs: 500 };

export function openSession(port: number, options: Partial<AmiOptions> = {}): OpenSession {
  const states = new Pool<AmiState>();
  const events = new Pool<AmiMessage>();
  const seen: AmiState[] = [];
  const messages: AmiMessage[] = [];
  const session = createAmiSession({
    name: 'main',
    host: '127.0.0.1',
    port,
    username: 'ringdesk',
    secret: 'secret',
    events: 'on',
    onMessage: (message) => {
      messages.push(message);
      events.put(message);
    },
    onState: (state) => {
      seen.push(state);
      states.put(state);
    },
    ...options,
    timing: { ...quick, ...options.timing },
  });
  session.start();
  return {
    session,
    messages,
    states: seen,
    next: async (kind) => {
      const state = await states.take((one) => one.kind === kind);
      if (!isKind(state, kind)) throw new Error('unreachable');
      return state;
    },
    event: (name) => events.take((one) => one.event === name),
  };
}

function isKind<K extends AmiState['kind']>(
  state: AmiState,
  kind: K,
): state is Extract<AmiState, { kind: K }> {
  return state.kind === kind;
}
