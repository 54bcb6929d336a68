import type { ActionFields } from './action.ts';
import { backoffMs } from './backoff.ts';
import { AmiConnection } from './connection.ts';
import { AmiError } from './error.ts';
import type { Failure } from './failure.ts';
import { type AmiOptions, type AmiSession, type AmiTiming, defaultTiming } from './options.ts';
import type { AmiReply, ReplyOptions } from './pending.ts';
import type { AmiState } from './state.ts';

/**
 * A session with one PBX that comes back for ever: connect, log in, wait for FullyBooted, be ready, and after any end wait a little and
 * begin anew. A refused login is retried slowly. It says what it does by `onState`; it never throws out of itself.
 */
export function createAmiSession(options: AmiOptions): AmiSession {
  return new ReconnectingSession(options);
}

class ReconnectingSession implements AmiSession {
  private readonly options: AmiOptions;
  private readonly timing: AmiTiming;
  private current: AmiState;
  private connection: AmiConnection | undefined;
  private retry: NodeJS.Timeout | undefined;
  private running = false;
  private attempt = 0;
  private readySince: number | undefined;

  constructor(options: AmiOptions) {
    this.options = options;
    this.timing = { ...defaultTiming, ...options.timing };
    this.current = this.stopped(`The link to PBX ${options.name} was not started yet.`);
  }

  get state(): AmiState {
    return this.current;
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    this.attempt = 0;
    this.connect();
  }

  async stop(): Promise<void> {
    if (!this.running) return;
    this.running = false;
    clearTimeout(this.retry);
    const connection = this.connection;
    if (connection === undefined) this.say(this.stopped(`The link to PBX ${this.options.name} was stopped.`));
    else await connection.logoff();
  }

  async action(name: string, fields: ActionFields = {}, options: ReplyOptions = {}): Promise<AmiReply> {
    if (this.connection === undefined) {
      throw new AmiError('closed', `PBX ${this.options.name} is not connected: ${name} was not sent`);
    }
    return await this.connection.action(name, fields, options);
  }

  private connect(): void {
    this.readySince = undefined;
    this.say({ kind: 'connecting' });
    // Whoever hears of a state may stop the session in that moment.
    if (!this.running) return;
    const connection: AmiConnection = new AmiConnection(this.options, this.timing, {
      onMessage: this.options.onMessage,
      onReady: (banner, warning) => {
        this.readySince = this.now();
        this.say(warning === undefined ? { kind: 'ready', banner } : { kind: 'ready', banner, warning });
      },
      onClosed: (why) => this.onClosed(connection, why),
    });
    this.connection = connection;
  }

  private onClosed(connection: AmiConnection, why: Failure): void {
    // A session that was stopped and started again has a new connection while the old one still says good-bye.
    if (connection !== this.connection) return;
    this.connection = undefined;
    if (!this.running) {
      this.say(this.stopped(why.message));
      return;
    }
    // A link that stood for a while earns a quick return; one that falls at once again and again does not.
    const stood = this.readySince !== undefined && this.now() - this.readySince >= this.timing.backoffMaxMs;
    if (stood) this.attempt = 0;
    const retryInMs = why.reason === 'login-refused' ? this.timing.loginRefusedMs : this.nextDelay();
    this.retry = setTimeout(() => this.connect(), retryInMs);
    this.say({ kind: 'down', ...why, retryInMs });
  }

  private nextDelay(): number {
    const { backoffMinMs: minMs, backoffMaxMs: maxMs } = this.timing;
    const delay = backoffMs(this.attempt, { minMs, maxMs, random: this.options.random ?? Math.random });
    this.attempt += 1;
    return delay;
  }

  private stopped(message: string): AmiState {
    return { kind: 'down', reason: 'closed', message, retryInMs: 0 };
  }

  private say(state: AmiState): void {
    this.current = state;
    this.options.metrics?.state(state);
    this.options.onState(state);
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
  }
}
