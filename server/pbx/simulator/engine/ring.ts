import { change } from './channel.ts';
import { escapeName, lines } from './events.ts';
import { connectTo, hangUp, newChannel } from './lifecycle.ts';
import { localLeg } from './local.ts';
import { membersFor } from './members.ts';
import { ringDevice } from './phone.ts';
import { CHANNEL_STATE, type Channel, type Member, type Pbx, type Queue, type Visit } from './state.ts';
import { connectThrough } from './talk.ts';

export interface RingLeg {
  channel: Channel;
  member: Member;
  /** Makes what is behind the leg ring. */
  ring: () => void;
}

interface Candidate {
  member: Member;
  at: number;
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

/** The less, the sooner: penalty first, then what the strategy says. `at` is the member's place in the walk. */
function metric(pbx: Pbx, queue: Queue, member: Member, at: number): number {
  const base = member.penalty * 1_000_000;
  switch (queue.settings.strategy) {
    case 'ringall':
      return base;
    case 'leastrecent':
      return base + (member.lastCall === 0 ? 0 : 1_000_000 - (pbx.clock.now() / 1000 - member.lastCall));
    case 'rrmemory':
      return base + (at < queue.next ? 1000 + at : at);
  }
}

/** One round of ringing members for one caller, as app_queue does it: `ringMs` in all, the next member at once when one refuses. */
export function startRound(pbx: Pbx, queue: Queue, visit: Visit, hooks: RoundHooks): { cancel(): void } {
  const startedAt = pbx.clock.now();
  const { ringMs, strategy } = queue.settings;
  const all = strategy === 'ringall';
  const tried = new Set<Member>();
  let legs: RingLeg[] = [];
  let over = false;

  const sayDial = (leg: RingLeg, status: string) =>
    pbx.emit(
      'DialEnd',
      visit.caller,
      pbx.snapshot(visit.caller) + pbx.snapshot(leg.channel, 'Dest') + lines({ DialStatus: status }),
    );
  const sayMissed = (leg: RingLeg, ringTime: number) =>
    pbx.emit(
      'AgentRingNoAnswer',
      visit.caller,
      pbx.snapshot(visit.caller) +
        pbx.snapshot(leg.channel, 'Dest') +
        interfaceFields(queue, leg.member) +
        lines({ RingTime: ringTime }),
    );

  function dropAll(dropped: RingLeg[]): void {
    for (const leg of dropped) {
      sayDial(leg, 'CANCEL');
      hangUp(pbx, leg.channel);
    }
  }

  const cancelTimer = pbx.clock.after(ringMs, () => {
    if (over) return;
    over = true;
    const missed = legs;
    for (const leg of missed) sayMissed(leg, ringMs);
    for (const leg of missed) sayDial(leg, 'NOANSWER');
    dropAll(missed);
    hooks.failed();
  });
  function finish(): void {
    over = true;
    cancelTimer();
  }

  function take(leg: RingLeg): void {
    if (over) return;
    finish();
    const losers = legs.filter((other) => other !== leg);
    sayDial(leg, 'ANSWER');
    for (const loser of losers) sayDial(loser, 'CANCEL');
    connectTo(pbx, visit.caller, { ...leg.channel.caller });
    for (const loser of losers) {
      sayDial(loser, 'CANCEL');
      loser.channel.cause = 26;
    }
    hooks.connected(leg, losers);
  }

  /** A colleague took the call: no DialEnd is said, and the credit stays with the member that rang. */
  function replace(leg: RingLeg, by: Channel): void {
    if (over) return;
    finish();
    const losers = legs.filter((other) => other !== leg);
    const rang = leg.channel;
    change(rang, { exten: by.exten });
    rang.cause = 16;
    hangUp(pbx, rang);
    for (const loser of losers) {
      sayDial(loser, 'CANCEL');
      loser.channel.cause = 26;
    }
    connectTo(pbx, visit.caller, by.caller);
    change(by, { exten: visit.caller.exten, callref: visit.caller.callref });
    hooks.connected({ ...leg, channel: by }, losers);
    change(by, { linkedid: visit.caller.linkedid });
  }

  function refuse(leg: RingLeg): void {
    if (over) return;
    legs = legs.filter((other) => other !== leg);
    sayDial(leg, 'NOANSWER');
    sayMissed(leg, Math.floor((pbx.clock.now() - startedAt) / 1000) * 1000);
    hangUp(pbx, leg.channel);
    if (legs.length === 0 && !ringNext()) {
      finish();
      hooks.failed();
    }
  }

  function place(member: Member): RingLeg {
    const leg: RingLeg = { member, ...createLeg(pbx, visit.caller, member) };
    leg.channel.owner = {
      ended: () => refuse(leg),
      ringing: () =>
        pbx.emit(
          'DialState',
          visit.caller,
          pbx.snapshot(visit.caller) + pbx.snapshot(leg.channel, 'Dest') + lines({ DialStatus: 'RINGING' }),
        ),
      answered: () => take(leg),
      refused: () => refuse(leg),
      pickedUp: (_leg, by) => replace(leg, by),
    };
    legs.push(leg);
    const both = pbx.snapshot(visit.caller) + pbx.snapshot(leg.channel, 'Dest');
    pbx.emit('AgentCalled', visit.caller, both + interfaceFields(queue, member));
    pbx.emit('DialBegin', visit.caller, both + lines({ DialString: member.interface }));
    return leg;
  }

  /** Who could still be rung in this round, the best first. Of equals Asterisk takes the last: it lists its candidates back to front. */
  function candidates(): Candidate[] {
    const ready = new Set(membersFor(pbx, queue, visit.caller));
    return [...queue.members.values()]
      .map((member, at) => ({ member, at, metric: metric(pbx, queue, member, at) }))
      .filter(({ member }) => !tried.has(member) && ready.has(member))
      .reverse()
      .sort((a, b) => a.metric - b.metric);
  }

  /** Rings who comes next; false when there is nobody. */
  function ringNext(): boolean {
    const ready = candidates();
    const ring = ready.filter((one) => one.metric === ready[0]?.metric).slice(0, all ? undefined : 1);
    const placed = ring.map(({ member }) => {
      tried.add(member);
      return place(member);
    });
    if (!all) queue.next = candidates()[0]?.at ?? queue.next + 1;
    const [only, ...more] = placed;
    if (only !== undefined && more.length === 0 && only.channel.otherHalf === null)
      connectThrough(pbx, visit.caller, only.channel.caller);
    for (const leg of placed) if (!leg.channel.gone) leg.ring();
    return placed.length > 0;
  }

  if (!ringNext()) {
    finish();
    // Not at once: the caller's stay is not told of the end of a round that it has not seen begin.
    pbx.clock.after(0, hooks.failed);
  }
  return {
    cancel() {
      if (over) return;
      finish();
      for (const leg of legs) sayDial(leg, 'CANCEL');
      dropAll(legs);
    },
  };
}

function createLeg(pbx: Pbx, caller: Channel, member: Member): Pick<RingLeg, 'channel' | 'ring'> {
  if (member.interface.startsWith('Local/')) return localLeg(pbx, caller, member.interface);
  const phone = pbx.phones.get(member.interface);
  const leg = newChannel(pbx, {
    device: member.interface,
    state: CHANNEL_STATE.down,
    context: 'from-agents',
    exten: 's',
    caller: { number: phone?.extension ?? '', name: phone?.name ?? member.name },
    linkedid: caller.linkedid,
  });
  leg.application = 'AppQueue';
  leg.applicationData = '(Outgoing Line)';
  connectTo(pbx, leg, { ...caller.caller });
  change(leg, { exten: caller.exten, callref: caller.callref });
  return { channel: leg, ring: () => ringDevice(pbx, leg) };
}
