import type { ActionFields } from './action.ts';
import type { AmiMessage } from './message.ts';
import type { AmiMetrics } from './metrics.ts';
import type { AmiReply, ReplyOptions } from './pending.ts';
import type { AmiState } from './state.ts';

export interface AmiTls {
  /** PEM; in place of the system's list. */
  ca?: string;
  /** The name that the certificate has to bear; default: `host`. */
  servername?: string;
  /** Default true. False accepts any certificate: the link is then encrypted and not proved. */
  rejectUnauthorized?: boolean;
}

export interface AmiOptions {
  /** Of the PBX, for messages. */
  name: string;
  host: string;
  port: number;
  tls?: AmiTls;
  username: string;
  secret: string;
  /** What Login asks for: `on`, `off`, or classes as `call,agent,user,system`. */
  events: string;
  /** Events to hand out; others are counted and skipped unread. FullyBooted and Shutdown always come. Default: all. */
  wanted?: ReadonlySet<string>;
  /** ms since 1970. */
  now?: () => number;
  /** 0 <= x < 1. */
  random?: () => number;
  metrics?: AmiMetrics;
  /**
   * Every live event, in order; list items and responses go to whoever asked for them. It must not throw and must not wait: Asterisk
   * cuts a slow reader off in mid-event.
   */
  onMessage(message: AmiMessage): void;
  onState(state: AmiState): void;
  timing?: Partial<AmiTiming>;
}

export interface AmiSession {
  start(): void;
  /** Logs off, then closes. Takes `timing.stopMs` at most. */
  stop(): Promise<void>;
  /**
   * Sends one action and gathers its answer. Rejects with an AmiError: `invalid` (nothing sent), `refused` (Asterisk's own words),
   * `timeout`, `closed`. While the link is not ready it rejects with `closed` at once; nothing is ever queued or sent twice.
   */
  action(name: string, fields?: ActionFields, options?: ReplyOptions): Promise<AmiReply>;
  readonly state: AmiState;
}

/** All in ms. */
export interface AmiTiming {
  /** From the start of a connection until the banner. */
  connectMs: number;
  loginMs: number;
  /** How long FullyBooted may take after the login before the link counts as ready all the same. */
  fullyBootedMs: number;
  pingEveryMs: number;
  /** How long a Ping may stay unanswered; two in a row and the link is dead. */
  pingTimeoutMs: number;
  actionMs: number;
  backoffMinMs: number;
  backoffMaxMs: number;
  /** A refused login is an alarm for a person, not something to hammer at (and Asterisk logs each try as a security event). */
  loginRefusedMs: number;
  stopMs: number;
}

export const defaultTiming: AmiTiming = {
  connectMs: 5_000,
  loginMs: 5_000,
  fullyBootedMs: 3_000,
  pingEveryMs: 5_000,
  pingTimeoutMs: 3_000,
  actionMs: 10_000,
  backoffMinMs: 200,
  backoffMaxMs: 10_000,
  loginRefusedMs: 30_000,
  stopMs: 2_000,
};
