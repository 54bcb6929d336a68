import { change } from './channel.ts';
import { sayDevice } from './device-state.ts';
import { membersFor, PREFERRED } from './members.ts';
import { secondsSince, startQueueTalk } from './queue-talk.ts';
import { type RingLeg, startRound } from './ring.ts';
import type { Channel, Owner, Pbx, Queue, Visit } from './state.ts';

/** QUEUESTATUS as the dialplan sees it, and `ABANDON` for a caller who hung up while waiting. */
export type QueueResult = 'CONTINUE' | 'TIMEOUT' | 'KEY' | 'ABANDON';

export interface QueueOptions {
  /** How long a caller waits at most, ms. */
  timeoutMs: number;
  /**
   * Called once: the caller left the queue and any talk that came of it. `hungUp`: the caller is on the way out. A transfer may have put
   * another channel in the place of the one that entered.
   */
  done(caller: Channel, result: QueueResult, hungUp: boolean): void;
}

const RECHECK_MS = 1000;
const ANNOUNCEMENT_MS = 7250;
const ANNOUNCE_EVERY_MS = 30_000;
const KEY_PAUSE_MS = 175;

/** The Queue application: a caller waits, phones ring, somebody answers, or not. */
export function enterQueue(pbx: Pbx, queue: Queue, entering: Channel, options: QueueOptions): void {
  new QueueStay(pbx, queue, entering, options).begin();
}

class QueueStay implements Visit {
  private readonly pbx: Pbx;
  private readonly queue: Queue;
  private readonly options: QueueOptions;
  readonly joinedAt: number;
  private readonly expiresAt: number;
  caller: Channel;
  pending = false;
  private waiting = true;
  private music = false;
  private announceAt: number;
  private ringingSince: number;
  private leavingByKey = false;
  private originalPosition = 0;
  private round: { cancel(): void } | null = null;
  private talk: Pick<Visit, 'complete' | 'moveLeg'> | null = null;
  private cancelTimer: () => void = () => undefined;

  constructor(pbx: Pbx, queue: Queue, entering: Channel, options: QueueOptions) {
    this.pbx = pbx;
    this.queue = queue;
    this.caller = entering;
    this.options = options;
    this.joinedAt = pbx.clock.now();
    this.expiresAt = this.joinedAt + options.timeoutMs;
    this.announceAt = this.joinedAt;
    this.ringingSince = this.joinedAt;
  }

  begin(): void {
    const { pbx, queue, caller } = this;
    caller.owner = this.owner;
    caller.application = 'Queue';
    caller.applicationData = `${queue.name},tTkKxXhHc,,,${this.options.timeoutMs / 1000}`;
    queue.waiting.push(this);
    this.originalPosition = this.position;
    if (queue.waiting.length === 1) sayDevice(pbx, `Queue:${queue.name}`, 'RINGING');
    pbx.say('QueueCallerJoin', caller, {
      Queue: queue.name,
      Position: this.originalPosition,
      Count: queue.waiting.length,
    });
    this.setMusic(true);
    pbx.onListening(caller, 'queue');
    this.look();
  }

  get position(): number {
    return this.queue.waiting.indexOf(this) + 1;
  }

  complete(reason: 'caller' | 'agent' | 'transfer'): void {
    this.talk?.complete(reason);
  }

  moveLeg(to: Channel): void {
    this.talk?.moveLeg(to);
  }

  takeOver(by: Channel): void {
    by.owner = this.owner;
    by.application = this.caller.application;
    by.applicationData = this.caller.applicationData;
    this.caller = by;
  }

  private readonly owner: Owner = {
    interrupted: () => this.setMusic(false),
    ended: () => {
      this.cancelTimer();
      this.setMusic(false);
      this.round?.cancel();
      this.sayAbandon();
      this.leave();
      this.options.done(this.caller, 'ABANDON', true);
    },
    digit: (_channel, digit) => {
      if (digit === '1' && !this.leavingByKey) this.leaveByKey(digit);
    },
  };

  private leaveByKey(digit: string): void {
    this.leavingByKey = true;
    this.later(KEY_PAUSE_MS, () => {
      change(this.caller, { context: 'queue-exit', exten: digit, priority: 0 });
      this.round?.cancel();
      this.setMusic(false);
      this.leave();
      this.options.done(this.caller, 'KEY', false);
    });
  }

  private setMusic(on: boolean): void {
    if (this.music === on) return;
    this.music = on;
    if (on) this.pbx.say('MusicOnHoldStart', this.caller, { Class: 'default' });
    else this.pbx.say('MusicOnHoldStop', this.caller);
  }

  private later(ms: number, task: () => void): void {
    this.cancelTimer();
    this.cancelTimer = this.pbx.clock.after(ms, () => {
      if (this.waiting && !this.caller.gone) task();
    });
  }

  private isOurTurn(): boolean {
    const ready = membersFor(this.pbx, this.queue, this.caller);
    const free = ready.length;
    // Whoever is meant for somebody does not wait for those who are not.
    if (ready.some((member) => member.interface === this.caller.variables.get(PREFERRED))) return true;
    let ahead = 0;
    for (const other of this.queue.waiting) {
      if (other === this) break;
      if (!other.pending) ahead++;
    }
    return ahead < free;
  }

  private look(): void {
    const now = this.pbx.clock.now();
    if (now >= this.expiresAt) this.timeOut();
    else if (this.isOurTurn()) this.ring();
    else if (this.queue.settings.announcePosition && now >= this.announceAt) this.announce(now);
    else this.later(RECHECK_MS, () => this.look());
  }

  private announce(now: number): void {
    this.announceAt = now + ANNOUNCE_EVERY_MS;
    this.setMusic(false);
    this.later(ANNOUNCEMENT_MS, () => {
      this.setMusic(true);
      this.later(RECHECK_MS, () => this.look());
    });
  }

  private ring(): void {
    this.pending = true;
    this.ringingSince = this.pbx.clock.now();
    this.round = startRound(this.pbx, this.queue, this, {
      connected: (leg, losers) => this.connected(leg, losers),
      failed: () => {
        if (!this.waiting) return;
        this.pending = false;
        if (this.pbx.clock.now() >= this.expiresAt) this.timeOut();
        else this.later(this.queue.settings.retryMs, () => this.look());
      },
    });
  }

  private leave(): void {
    const position = this.position;
    this.waiting = false;
    this.cancelTimer();
    this.queue.waiting.splice(position - 1, 1);
    const count = this.queue.waiting.length;
    if (count === 0) sayDevice(this.pbx, `Queue:${this.queue.name}`, 'NOT_INUSE');
    this.pbx.say('QueueCallerLeave', this.caller, {
      Queue: this.queue.name,
      Position: position,
      Count: count,
    });
  }

  private sayAbandon(): void {
    this.queue.abandoned++;
    this.pbx.say('QueueCallerAbandon', this.caller, {
      Queue: this.queue.name,
      Position: this.position,
      OriginalPosition: this.originalPosition,
      HoldTime: secondsSince(this.pbx, this.joinedAt),
    });
  }

  private timeOut(): void {
    this.sayAbandon();
    this.setMusic(false);
    this.leave();
    this.options.done(this.caller, 'TIMEOUT', false);
  }

  private connected(leg: RingLeg, losers: RingLeg[]): void {
    this.setMusic(false);
    this.leave();
    this.talk = startQueueTalk(this.pbx, this.queue, this, {
      leg,
      losers,
      ringingSince: this.ringingSince,
      over: (hungUp) => this.options.done(this.caller, 'CONTINUE', hungUp),
    });
  }
}
