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
  let caller = entering;
  const joinedAt = pbx.clock.now();
  const expiresAt = joinedAt + options.timeoutMs;
  let waiting = true;
  let pending = false;
  let music = false;
  let announceAt = joinedAt;
  let ringingSince = joinedAt;
  let leavingByKey = false;
  let round: { cancel(): void } | null = null;
  let cancelTimer: () => void = () => undefined;
  let talk: Pick<Visit, 'complete' | 'moveLeg'> | null = null;

  const visit: Visit = {
    joinedAt,
    get caller() {
      return caller;
    },
    get pending() {
      return pending;
    },
    get position() {
      return queue.waiting.indexOf(visit) + 1;
    },
    complete: (reason) => talk?.complete(reason),
    moveLeg: (to) => talk?.moveLeg(to),
    takeOver(by) {
      by.owner = owner;
      by.application = caller.application;
      by.applicationData = caller.applicationData;
      caller = by;
    },
  };

  function setMusic(on: boolean): void {
    if (music === on) return;
    music = on;
    if (on) pbx.say('MusicOnHoldStart', caller, { Class: 'default' });
    else pbx.say('MusicOnHoldStop', caller);
  }

  function later(ms: number, task: () => void): void {
    cancelTimer();
    cancelTimer = pbx.clock.after(ms, () => {
      if (waiting && !caller.gone) task();
    });
  }

  function isOurTurn(): boolean {
    const ready = membersFor(pbx, queue, caller);
    const free = ready.length;
    // Whoever is meant for somebody does not wait for those who are not.
    if (ready.some((member) => member.interface === caller.variables.get(PREFERRED))) return true;
    let ahead = 0;
    for (const other of queue.waiting) {
      if (other === visit) break;
      if (!other.pending) ahead++;
    }
    return ahead < free;
  }

  function look(): void {
    const now = pbx.clock.now();
    if (now >= expiresAt) timeOut();
    else if (isOurTurn()) ring();
    else if (queue.settings.announcePosition && now >= announceAt) announce(now);
    else later(RECHECK_MS, look);
  }

  function announce(now: number): void {
    announceAt = now + ANNOUNCE_EVERY_MS;
    setMusic(false);
    later(ANNOUNCEMENT_MS, () => {
      setMusic(true);
      later(RECHECK_MS, look);
    });
  }

  function ring(): void {
    pending = true;
    ringingSince = pbx.clock.now();
    round = startRound(pbx, queue, visit, {
      connected,
      failed() {
        if (!waiting) return;
        pending = false;
        if (pbx.clock.now() >= expiresAt) timeOut();
        else later(queue.settings.retryMs, look);
      },
    });
  }

  function leave(): void {
    const position = visit.position;
    waiting = false;
    cancelTimer();
    queue.waiting.splice(position - 1, 1);
    const count = queue.waiting.length;
    if (count === 0) sayDevice(pbx, `Queue:${queue.name}`, 'NOT_INUSE');
    pbx.say('QueueCallerLeave', caller, { Queue: queue.name, Position: position, Count: count });
  }

  function sayAbandon(): void {
    queue.abandoned++;
    pbx.say('QueueCallerAbandon', caller, {
      Queue: queue.name,
      Position: visit.position,
      OriginalPosition: originalPosition,
      HoldTime: secondsSince(pbx, joinedAt),
    });
  }

  function timeOut(): void {
    sayAbandon();
    setMusic(false);
    leave();
    options.done(caller, 'TIMEOUT', false);
  }

  function connected(leg: RingLeg, losers: RingLeg[]): void {
    setMusic(false);
    leave();
    talk = startQueueTalk(pbx, queue, visit, {
      leg,
      losers,
      ringingSince,
      over: (hungUp) => options.done(caller, 'CONTINUE', hungUp),
    });
  }

  const owner: Owner = {
    interrupted: () => setMusic(false),
    ended() {
      cancelTimer();
      setMusic(false);
      round?.cancel();
      sayAbandon();
      leave();
      options.done(caller, 'ABANDON', true);
    },
    digit(_channel, digit) {
      if (digit !== '1' || leavingByKey) return;
      leavingByKey = true;
      later(KEY_PAUSE_MS, () => {
        change(caller, { context: 'queue-exit', exten: digit, priority: 0 });
        round?.cancel();
        setMusic(false);
        leave();
        options.done(caller, 'KEY', false);
      });
    },
  };
  caller.owner = owner;
  caller.application = 'Queue';
  caller.applicationData = `${queue.name},tTkKxXhHc,,,${options.timeoutMs / 1000}`;
  queue.waiting.push(visit);
  const originalPosition = visit.position;
  if (queue.waiting.length === 1) sayDevice(pbx, `Queue:${queue.name}`, 'RINGING');
  pbx.say('QueueCallerJoin', caller, {
    Queue: queue.name,
    Position: originalPosition,
    Count: queue.waiting.length,
  });
  setMusic(true);
  pbx.onListening(caller, 'queue');
  look();
}
