import { change, NOBODY } from './channel.ts';
import { escapeName, lines } from './events.ts';
import { connectTo, hangUp, newChannel, setCaller } from './lifecycle.ts';
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
  const startedAt = pbx.clock.now();
  const { ringMs, strategy } = queue.settings;
  const all = strategy === 'ringall';
  const candidates = inOrder(pbx, queue);
  const wraps = candidates.some(({ member }) => member.position > queue.next);
  const tried = new Set<Member>();
  let reached = Number.POSITIVE_INFINITY;
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
    finish();
    const missed = legs;
    for (const leg of missed) sayMissed(leg, ringMs);
    for (const leg of missed) sayDial(leg, 'NOANSWER');
    dropAll(missed);
    hooks.failed();
  });
  function finish(): void {
    over = true;
    cancelTimer();
    if (strategy === 'rrmemory') moveOn();
  }
  /** The next round begins with who comes after the last one that rang, free or not. */
  function moveOn(): void {
    const next = candidates.find((one) => one.metric > reached);
    if (next !== undefined) queue.next = next.member.position;
    else queue.next = wraps ? 0 : queue.next + 1;
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

  /** Rings who comes next; false when there is nobody. */
  function ringNext(): boolean {
    const free = new Set(membersFor(pbx, queue, visit.caller));
    const ready = candidates.filter(({ member }) => !tried.has(member) && free.has(member));
    const ring = ready.filter((one) => one.metric === ready[0]?.metric).slice(0, all ? undefined : 1);
    reached = ready[0]?.metric ?? Number.POSITIVE_INFINITY;
    const placed = ring.map(({ member }) => {
      tried.add(member);
      return place(member);
    });
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
