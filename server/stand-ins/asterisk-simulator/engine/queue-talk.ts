import { lines } from './events.ts';
import { hangUp } from './lifecycle.ts';
import { countCall } from './members.ts';
import { interfaceFields, type RingLeg } from './ring.ts';
import type { Pbx, Queue, Visit } from './state.ts';
import { startTalk } from './talk.ts';

/** Whole seconds on the clock's face, as Asterisk counts them. */
export const secondsSince = (pbx: Pbx, since: number): number =>
  Math.floor(pbx.clock.now() / 1000) - Math.floor(since / 1000);

export interface Answered {
  leg: RingLeg;
  losers: RingLeg[];
  /** Since when the phones rang, ms. */
  ringingSince: number;
  /** The caller is out of its bridge, `hungUp` or not. */
  over(hungUp: boolean): void;
}

/** The talk that a stay in a queue has led to: AgentConnect to AgentComplete. */
export function startQueueTalk(
  pbx: Pbx,
  queue: Queue,
  visit: Visit,
  answered: Answered,
): Pick<Visit, 'complete' | 'moveLeg'> {
  const { losers, over } = answered;
  const { member } = answered.leg;
  const { caller } = visit;
  const startedAt = pbx.clock.now();
  const holdSeconds = secondsSince(pbx, visit.joinedAt);
  // A stay that a redirect cut short ends with this one.
  const earlier = caller.visit;
  let leg = answered.leg.channel;
  let completed = false;
  let counted = false;

  /** The call counts for the member when its leg has left, even where the stay goes on (a parked caller). */
  function count(): void {
    if (completed || counted) return;
    counted = true;
    countCall(pbx, member.interface);
  }

  pbx.emit(
    'AgentConnect',
    caller,
    pbx.snapshot(caller) +
      pbx.snapshot(leg, 'Dest') +
      interfaceFields(queue, member) +
      lines({ HoldTime: holdSeconds, RingTime: Math.floor((startedAt - answered.ringingSince) / 1000) }),
  );
  member.inCall = true;
  caller.variables.set('MEMBERINTERFACE', member.interface);
  caller.variables.set('MEMBERNAME', member.name);
  for (const loser of losers) hangUp(pbx, loser.channel);
  caller.visit = visit;
  leg.visit = visit;
  const first = leg;
  first.onBridgeOver = () => {
    count();
    hangUp(pbx, first);
  };
  caller.onBridgeOver = over;
  startTalk(pbx, first, caller);

  return {
    moveLeg(to) {
      leg.visit = null;
      leg = to;
      to.visit = visit;
    },
    complete(reason) {
      if (completed) return;
      count();
      completed = true;
      if (caller.visit === visit) caller.visit = null;
      if (leg.visit === visit) leg.visit = null;
      const talkSeconds = secondsSince(pbx, startedAt);
      queue.completed++;
      queue.holdSeconds = holdSeconds;
      queue.talkSeconds = talkSeconds;
      const lacks = pbx.completeLacks();
      const lacksCaller = lacks === 'caller' || lacks === 'both';
      // A leg that is gone (the caller was parked) is not known any more.
      const lacksMember = leg.gone || lacks === 'member' || lacks === 'both';
      pbx.emit(
        'AgentComplete',
        lacksCaller ? null : caller,
        (lacksCaller ? '' : pbx.snapshot(caller)) +
          (lacksMember ? '' : pbx.snapshot(leg, 'Dest')) +
          interfaceFields(queue, member) +
          lines({ HoldTime: holdSeconds, TalkTime: talkSeconds, Reason: reason }),
      );
      earlier?.complete(reason);
    },
  };
}
