import { change, NOBODY } from './channel.ts';
import { escapeName, lines } from './events.ts';
import { connectTo, hangUp, newChannel, setCaller } from './lifecycle.ts';
import { localLeg } from './local.ts';
import { membersFor } from './members.ts';
import { ringDevice } from './phone.ts';
import {
  CHANNEL_STATE,
  type Channel,
  type Member,
  type Pbx,
  type Queue,
  type Strategy,
  type Visit,
} from './state.ts';
import { connectThrough } from './talk.ts';

export interface RingLeg {
  channel: Channel;
  member: Member;
  /** Makes what is behind the leg ring. */
  ring: () => void;
}

interface Candidate {
  member: Member;
  metric: number;
}

interface RoundHooks {
  connected(leg: RingLeg, losers: RingLeg[]): void;
  /** Nobody took it. */
  failed(): void;
}

export function interfaceFields(queue: Queue, member: Member): string {
  return lines({ Queue: queue.name, Interface: member.interface, MemberName: escapeName(member.name) });
}

/** The less, the sooner: penalty first, then what the strategy says. */
function metric(pbx: Pbx, queue: Queue, member: Member): number {
  const base = member.penalty * 1_000_000;
  switch (queue.settings.strategy) {
    case 'ringall':
      return base;
    case 'leastrecent':
      return base + (member.lastCall === 0 ? 0 : 1_000_000 - (pbx.clock.now() / 1000 - member.lastCall));
    case 'rrmemory':
      return base + (member.position < queue.next ? 1000 : 0) + member.position;
  }
}

/** All members of the queue, the best first. Of equals Asterisk takes the last: it lists its candidates back to front. */
function inOrder(pbx: Pbx, queue: Queue): Candidate[] {
  return [...queue.members.values()]
    .map((member) => ({ member, metric: metric(pbx, queue, member) }))
    .reverse()
    .sort((a, b) => a.metric - b.metric);
}

/** One round of ringing members for one caller, as app_queue does it: `ringMs` in all, the next member at once when one refuses. */
export function startRound(pbx: Pbx, queue: Queue, visit: Visit, hooks: RoundHooks): { cancel(): void } {
  return new RingRound(pbx, queue, visit, hooks);
}

class RingRound {
  private readonly pbx: Pbx;
  private readonly queue: Queue;
  private readonly visit: Visit;
  private readonly hooks: RoundHooks;
  private readonly startedAt: number;
  private readonly strategy: Strategy;
  private readonly all: boolean;
  private readonly candidates: Candidate[];
  private readonly wraps: boolean;
  private readonly tried = new Set<Member>();
  private reached = Number.POSITIVE_INFINITY;
  private legs: RingLeg[] = [];
  private over = false;
  private readonly cancelTimer: () => void;

  constructor(pbx: Pbx, queue: Queue, visit: Visit, hooks: RoundHooks) {
    this.pbx = pbx;
    this.queue = queue;
    this.visit = visit;
    this.hooks = hooks;
    this.startedAt = pbx.clock.now();
    const { ringMs, strategy } = queue.settings;
    this.strategy = strategy;
    this.all = strategy === 'ringall';
    this.candidates = inOrder(pbx, queue);
    this.wraps = this.candidates.some(({ member }) => member.position > queue.next);
    this.cancelTimer = this.pbx.clock.after(ringMs, () => {
      if (this.over) return;
      this.finish();
      const missed = this.legs;
      for (const leg of missed) this.sayMissed(leg, ringMs);
      for (const leg of missed) this.sayDial(leg, 'NOANSWER');
      this.dropAll(missed);
      this.hooks.failed();
    });
    if (!this.ringNext()) {
      this.finish();
      // Not at once: the caller's stay is not told of the end of a round that it has not seen begin.
      this.pbx.clock.after(0, this.hooks.failed);
    }
  }

  cancel(): void {
    if (this.over) return;
    this.finish();
    for (const leg of this.legs) this.sayDial(leg, 'CANCEL');
    this.dropAll(this.legs);
  }

  private sayDial(leg: RingLeg, status: string): void {
    this.pbx.emit(
      'DialEnd',
      this.visit.caller,
      this.pbx.snapshot(this.visit.caller) +
        this.pbx.snapshot(leg.channel, 'Dest') +
        lines({ DialStatus: status }),
    );
  }

  private sayMissed(leg: RingLeg, ringTime: number): void {
    this.pbx.emit(
      'AgentRingNoAnswer',
      this.visit.caller,
      this.pbx.snapshot(this.visit.caller) +
        this.pbx.snapshot(leg.channel, 'Dest') +
        interfaceFields(this.queue, leg.member) +
        lines({ RingTime: ringTime }),
    );
  }

  private dropAll(dropped: RingLeg[]): void {
    for (const leg of dropped) {
      this.sayDial(leg, 'CANCEL');
      hangUp(this.pbx, leg.channel);
    }
  }

  private finish(): void {
    this.over = true;
    this.cancelTimer();
    if (this.strategy === 'rrmemory') this.moveOn();
  }

  /** The next round begins with who comes after the last one that rang, free or not. */
  private moveOn(): void {
    const next = this.candidates.find((one) => one.metric > this.reached);
    if (next !== undefined) this.queue.next = next.member.position;
    else this.queue.next = this.wraps ? 0 : this.queue.next + 1;
  }

  private take(leg: RingLeg): void {
    if (this.over) return;
    this.finish();
    const losers = this.legs.filter((other) => other !== leg);
    this.sayDial(leg, 'ANSWER');
    for (const loser of losers) this.sayDial(loser, 'CANCEL');
    connectTo(this.pbx, this.visit.caller, { ...leg.channel.caller });
    for (const loser of losers) {
      this.sayDial(loser, 'CANCEL');
      loser.channel.cause = 26;
    }
    this.hooks.connected(leg, losers);
  }

  /** A colleague took the call: no DialEnd is said, and the credit stays with the member that rang. */
  private replace(leg: RingLeg, by: Channel): void {
    if (this.over) return;
    this.finish();
    const losers = this.legs.filter((other) => other !== leg);
    const rang = leg.channel;
    change(rang, { exten: by.exten });
    rang.cause = 16;
    hangUp(this.pbx, rang);
    for (const loser of losers) {
      this.sayDial(loser, 'CANCEL');
      loser.channel.cause = 26;
    }
    connectTo(this.pbx, this.visit.caller, by.caller);
    change(by, { exten: this.visit.caller.exten, callref: this.visit.caller.callref });
    this.hooks.connected({ ...leg, channel: by }, losers);
    change(by, { linkedid: this.visit.caller.linkedid });
  }

  private refuse(leg: RingLeg): void {
    if (this.over) return;
    this.legs = this.legs.filter((other) => other !== leg);
    this.sayDial(leg, 'NOANSWER');
    this.sayMissed(leg, Math.floor((this.pbx.clock.now() - this.startedAt) / 1000) * 1000);
    hangUp(this.pbx, leg.channel);
    if (this.legs.length === 0 && !this.ringNext()) {
      this.finish();
      this.hooks.failed();
    }
  }

  private place(member: Member): RingLeg {
    const leg: RingLeg = { member, ...createLeg(this.pbx, this.visit.caller, member) };
    leg.channel.owner = {
      ended: () => this.refuse(leg),
      ringing: () =>
        this.pbx.emit(
          'DialState',
          this.visit.caller,
          this.pbx.snapshot(this.visit.caller) +
            this.pbx.snapshot(leg.channel, 'Dest') +
            lines({ DialStatus: 'RINGING' }),
        ),
      answered: () => this.take(leg),
      refused: () => this.refuse(leg),
      pickedUp: (_leg, by) => this.replace(leg, by),
    };
    this.legs.push(leg);
    const both = this.pbx.snapshot(this.visit.caller) + this.pbx.snapshot(leg.channel, 'Dest');
    this.pbx.emit('AgentCalled', this.visit.caller, both + interfaceFields(this.queue, member));
    this.pbx.emit('DialBegin', this.visit.caller, both + lines({ DialString: member.interface }));
    return leg;
  }

  /** Rings who comes next; false when there is nobody. */
  private ringNext(): boolean {
    const free = new Set(membersFor(this.pbx, this.queue, this.visit.caller));
    const ready = this.candidates.filter(({ member }) => !this.tried.has(member) && free.has(member));
    const ring = ready.filter((one) => one.metric === ready[0]?.metric).slice(0, this.all ? undefined : 1);
    this.reached = ready[0]?.metric ?? Number.POSITIVE_INFINITY;
    const placed = ring.map(({ member }) => {
      this.tried.add(member);
      return this.place(member);
    });
    const [only, ...more] = placed;
    if (only !== undefined && more.length === 0 && only.channel.otherHalf === null)
      connectThrough(this.pbx, this.visit.caller, only.channel.caller);
    for (const leg of placed) if (!leg.channel.gone) leg.ring();
    return placed.length > 0;
  }
}

function createLeg(pbx: Pbx, caller: Channel, member: Member): Pick<RingLeg, 'channel' | 'ring'> {
  if (member.interface.startsWith('Local/')) return localLeg(pbx, caller, member.interface);
  const phone = pbx.phones.get(member.interface);
  const bare = phone?.bare === true;
  const leg = newChannel(pbx, {
    device: member.interface,
    state: CHANNEL_STATE.down,
    context: 'from-agents',
    exten: 's',
    caller: bare ? NOBODY : { number: phone?.extension ?? '', name: phone?.name ?? member.name },
    linkedid: caller.linkedid,
  });
  // A leg without a caller id of its own shows the number that the caller dialled.
  if (bare) setCaller(pbx, leg, { number: caller.variables.get('DID') ?? '', name: '' });
  leg.application = 'AppQueue';
  leg.applicationData = '(Outgoing Line)';
  connectTo(pbx, leg, { ...caller.caller });
  change(leg, { exten: caller.exten, callref: caller.callref });
  return { channel: leg, ring: () => ringDevice(pbx, leg) };
}
