import type { Socket } from 'node:net';
import { type ActionFields, encodeAction } from './action.ts';
import { AmiDecoder } from './decoder.ts';
import { AmiError } from './error.ts';
import * as failure from './failure.ts';
import type { AmiMessage } from './message.ts';
import type { AmiOptions, AmiTiming } from './options.ts';
import { type AmiReply, PendingActions, type ReplyOptions } from './pending.ts';
import { causeOf, openSocket } from './socket.ts';

export interface ConnectionHandlers {
  onReady(banner: string, warning: string | undefined): void;
  onMessage(message: AmiMessage): void;
  /** Once, whatever ended it. */
  onClosed(why: failure.Failure): void;
}

type Phase = 'connecting' | 'securing' | 'greeting' | 'login' | 'booting' | 'ready' | 'closed';

/** Always decoded, whoever wants them: they steer the link. */
const OWN_EVENTS = ['FullyBooted', 'Shutdown'];
const MISSES = 2;

/** One connection from its opening to its end: greeting, login, FullyBooted, pings. All of its state is new and ends with it. */
export class AmiConnection {
  private readonly options: AmiOptions;
  private readonly timing: AmiTiming;
  private readonly handlers: ConnectionHandlers;
  private readonly socket: Socket;
  private readonly decoder: AmiDecoder;
  private readonly pending: PendingActions;
  private phase: Phase = 'connecting';
  private banner = '';
  private cause: string | undefined;
  private shutdownSeen = false;
  private misses = 0;
  private timer: NodeJS.Timeout;

  constructor(options: AmiOptions, timing: AmiTiming, handlers: ConnectionHandlers) {
    this.options = options;
    this.timing = timing;
    this.handlers = handlers;
    this.pending = new PendingActions(options.name);
    this.decoder = new AmiDecoder({
      ...(options.wanted === undefined ? {} : { wanted: new Set([...options.wanted, ...OWN_EVENTS]) }),
      onMessage: (message) => this.onMessage(message),
      onBanner: (banner) => this.onBanner(banner),
    });
    this.socket = openSocket(options);
    this.timer = setTimeout(() => this.onTooSlow(), timing.connectMs);
    this.socket.on('connect', () => this.enter(options.tls === undefined ? 'greeting' : 'securing'));
    this.socket.on('secureConnect', () => this.enter('greeting'));
    this.socket.on('data', (chunk: Buffer) => this.onData(chunk));
    this.socket.on('error', (error) => {
      this.cause = causeOf(error);
    });
    this.socket.on('close', () => this.close(this.whyClosed()));
  }

  /** See AmiSession.action. Rejects with `closed` unless the connection is ready. */
  async action(name: string, fields: ActionFields, options: ReplyOptions): Promise<AmiReply> {
    if (this.phase !== 'ready') {
      throw new AmiError('closed', `PBX ${this.options.name} is not connected: ${name} was not sent`);
    }
    return await this.send(name, fields, options);
  }

  /** Says good-bye, so that Asterisk does not log a lost connection, and closes. Bounded by `timing.stopMs`. */
  async logoff(): Promise<void> {
    if (this.phase === 'ready' || this.phase === 'booting') {
      await this.send('Logoff', {}, { timeoutMs: this.timing.stopMs }).catch(ignore);
    }
    this.close({ reason: 'closed', message: `The link to PBX ${this.options.name} was stopped here.` });
  }

  private async send(name: string, fields: ActionFields, options: ReplyOptions): Promise<AmiReply> {
    const id = this.pending.nextId();
    const bytes = encodeAction(name, id, fields);
    const answer = this.pending.add(id, name, {
      ...options,
      timeoutMs: options.timeoutMs ?? this.timing.actionMs,
    });
    this.socket.write(bytes);
    return await answer;
  }

  private enter(phase: Phase): void {
    if (this.phase !== 'closed') this.phase = phase;
  }

  private onData(chunk: Buffer): void {
    if (this.phase === 'closed') return;
    const { events, unwanted } = this.decoder;
    try {
      this.decoder.push(chunk);
    } catch (error) {
      if (!(error instanceof AmiError)) throw error;
      this.close(failure.noAmi(this.options, error.message));
    }
    this.options.metrics?.events(this.decoder.events - events, this.decoder.unwanted - unwanted);
  }

  private onBanner(banner: string): void {
    if (this.phase !== 'greeting') return;
    this.banner = banner;
    this.enter('login');
    const { username, secret, events } = this.options;
    clearTimeout(this.timer);
    this.send(
      'Login',
      { Username: username, Secret: secret, Events: events },
      // The answer to the login is followed by FullyBooted, maybe in the same chunk: hence in the stream's order.
      { timeoutMs: this.timing.loginMs, onReply: () => this.onLoggedIn() },
    ).catch((error) => this.onLoginRefused(error));
  }

  private onLoggedIn(): void {
    this.enter('booting');
    if (!asksForSystem(this.options.events)) {
      this.becomeReady(undefined);
      return;
    }
    this.restartTimer(this.timing.fullyBootedMs, () =>
      this.becomeReady(
        `PBX ${this.options.name} did not say FullyBooted after the login: give the user '${this.options.username}' the class "system" (read = system,... in manager.conf), or Asterisk is still starting.`,
      ),
    );
  }

  private onLoginRefused(error: unknown): void {
    if (!(error instanceof AmiError) || error.code === 'closed') return;
    const words = error.response?.get('Message')?.trim();
    if (error.code === 'invalid') this.close(failure.loginRefused(this.options, error.message));
    else if (words === undefined) this.close(failure.noAnswerToLogin(this.options));
    else if (/shutting down/i.test(words)) this.close(failure.shuttingDown(this.options));
    else this.close(failure.loginRefused(this.options, words));
  }

  private becomeReady(warning: string | undefined): void {
    if (this.phase !== 'booting') return;
    this.enter('ready');
    this.restartTimer(this.timing.pingEveryMs, () => this.ping());
    this.handlers.onReady(this.banner, warning);
  }

  private onMessage(message: AmiMessage): void {
    if (this.phase === 'closed') return;
    if (this.phase === 'greeting') {
      this.close(failure.noAmi(this.options, 'it sent something else than the greeting of AMI'));
      return;
    }
    const taken = this.pending.take(message);
    this.decoder.keepActionEvents = this.pending.gathering;
    if (taken) return;
    const { metrics, now = Date.now } = this.options;
    metrics?.arrived(message, now());
    if (message.event === 'Shutdown') this.shutdownSeen = true;
    this.handlers.onMessage(message);
    if (message.event === 'FullyBooted') this.becomeReady(undefined);
  }

  private ping(): void {
    const read = this.socket.bytesRead;
    this.send('Ping', {}, { timeoutMs: this.timing.pingTimeoutMs })
      .then(() => this.onPong())
      .catch((error) => {
        if (!(error instanceof AmiError) || error.code === 'closed') return;
        // A session answers nothing while its action runs, and whoever sends events is not dead.
        const alive = error.code === 'refused' || this.socket.bytesRead > read || this.pending.busy;
        if (alive) this.onPong();
        else this.onMiss();
      });
  }

  private onPong(): void {
    this.misses = 0;
    if (this.phase === 'ready') this.restartTimer(this.timing.pingEveryMs, () => this.ping());
  }

  private onMiss(): void {
    this.misses += 1;
    if (this.misses < MISSES) this.ping();
    else
      this.close(
        failure.dead(this.options, `${MISSES} pings of ${this.timing.pingTimeoutMs} ms each went unanswered`),
      );
  }

  private onTooSlow(): void {
    if (this.phase === 'connecting') this.cause = 'timed out';
    if (this.phase === 'securing') this.cause = 'the other side does not answer the handshake';
    if (this.phase === 'greeting') {
      this.close(failure.noAmi(this.options, `no greeting within ${this.timing.connectMs} ms`));
    } else {
      this.close(this.whyClosed());
    }
  }

  private whyClosed(): failure.Failure {
    const cause = this.cause ?? 'without a word';
    if (this.phase === 'connecting') return failure.unreachable(this.options, cause);
    if (this.phase === 'securing') return failure.tlsFailed(this.options, cause);
    if (this.phase === 'greeting') return failure.closedBeforeGreeting(this.options);
    if (this.shutdownSeen) return failure.shuttingDown(this.options);
    return failure.closed(this.options, cause);
  }

  private restartTimer(ms: number, then: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(then, ms);
  }

  private close(why: failure.Failure): void {
    if (this.phase === 'closed') return;
    this.enter('closed');
    clearTimeout(this.timer);
    this.socket.destroy();
    this.pending.closeAll(why.message);
    this.handlers.onClosed(why);
  }
}

/** FullyBooted is of class system: a login that does not ask for it is ready at once. */
function asksForSystem(events: string): boolean {
  const classes = events.toLowerCase().split(/\s*,\s*/);
  return classes.some((name) => name === 'on' || name === 'all' || name === 'system');
}

function ignore(): void {
  // Closing goes on whether or not the other side answers.
}
