import type { Card, DeskView } from '@ringdesk/shared/desk';
import type { ServerToClient } from '@ringdesk/shared/live-socket';
import { io, type Socket } from 'socket.io-client';
import { logIn, type Session } from '../../house/session.ts';
import { password } from './people.ts';

/** An agent at work without a browser: a live link, and a form that is filled in after each call. */
export interface AgentAtWork {
  /** Resolves when the first view is there. */
  ready: Promise<void>;
  leave(): void;
}

export interface AgentOptions {
  session: Session;
  /** How long the agent writes after a call, ms. */
  writesMs: number;
  /** A ringing card came up that was not there before. `at` is ms since the epoch, with fractions. */
  onRing?(ring: { callId: string; device: string; at: number }): void;
  /** A form was not taken. */
  onFailure(what: string): void;
}

/** Logs so many in at a time: each login costs the server a whole password hash. */
export async function logInAll(url: string, logins: readonly string[], atOnce = 2): Promise<Session[]> {
  const sessions: Session[] = [];
  const waiting = [...logins.entries()];
  async function next(): Promise<void> {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift())
      sessions[one[0]] = await logIn(url, one[1], password);
  }
  await Promise.all(Array.from({ length: atOnce }, next));
  return sessions;
}

export function putToWork({ session, writesMs, onRing, onFailure }: AgentOptions): AgentAtWork {
  const socket: Socket<ServerToClient> = io(session.url, {
    transports: ['websocket'],
    extraHeaders: { cookie: session.cookie },
    forceNew: true,
  });
  let rings = new Set<string>();
  const written = new Set<string>();
  const timers = new Set<NodeJS.Timeout>();
  let first = () => {};
  const ready = new Promise<void>((resolve) => {
    first = resolve;
  });
  socket.on('connect_error', (error) => onFailure(`the live link: ${error.message}`));
  socket.on('desk', (view) => {
    const at = performance.timeOrigin + performance.now();
    first();
    noteRings(view, at);
    for (const card of view.cards)
      if (card.phase === 'wrap-up' && !written.has(card.callId)) writeLater(card);
  });

  function noteRings(view: DeskView, at: number): void {
    const now = new Set<string>();
    for (const card of view.cards) {
      if (card.phase !== 'ringing') continue;
      const ring = `${card.callId} ${card.offeredAt}`;
      now.add(ring);
      if (!rings.has(ring)) onRing?.({ callId: card.callId, device: view.agent.devices[0] ?? '', at });
    }
    rings = now;
  }

  function writeLater({ callId }: Card): void {
    written.add(callId);
    const timer = setTimeout(() => {
      timers.delete(timer);
      void write(callId);
    }, writesMs);
    timers.add(timer);
  }

  async function write(callId: string): Promise<void> {
    const path = `/api/desk/cards/${encodeURIComponent(callId)}/wrap-up`;
    const said = { disposition: 'resolved', reason: 'sales/price', note: 'Asked what it costs.' };
    try {
      const { status } = await session.send('POST', path, said);
      // Conflict: the customer is back on the line. Not found: another agent's queue took the call on.
      if (status !== 204 && status !== 409 && status !== 404) onFailure(`a form: ${status}`);
    } catch (error) {
      onFailure(`a form: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  return {
    ready,
    leave() {
      for (const timer of timers) clearTimeout(timer);
      socket.disconnect();
    },
  };
}
