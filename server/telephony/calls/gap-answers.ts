import { askedFirst, isLeaving, isSettled } from './confirmation.ts';
import { lastEntry, leaveEntry, openEntry } from './entries.ts';
import { channelOf } from './identity.ts';
import { answerLeg, openLegs } from './legs.ts';
import type { Call, Channel, Entry, Leg, Step } from './state.ts';
import { iso } from './state.ts';
import { connected, reckon } from './talk.ts';

/** Answers that were not heard, because they fell into a gap of the link or their event was lost: told by agent and customer being together. */

/**
 * The queue's entry of the customer ended with this agent, at a time that is not known exactly: `at` is the best guess, `metBy` when they were seen
 * together.
 */
export function answeredInGap(
  step: Step,
  at: number,
  call: Call,
  customer: Channel,
  { queue, agent, metBy, known }: { queue: string; agent: string; metBy: number; known?: Entry | undefined },
): void {
  const facts = { queue, channel: customer.id, position: null, consultation: false };
  const entry =
    known ?? lastEntry(call, customer.id, queue) ?? openEntry(step, customer.createdAt, call, facts);
  if (entry.outcome === 'answered') return;
  // Whether the queue said when the caller left it; an agent who was asked to confirm first took the caller later than that.
  entry.estimated ||= entry.leftAt === null || askedFirst(entry, metBy);
  entry.agent = agent;
  leaveEntry(step, call, entry, { at, outcome: 'answered' });
}

/**
 * A queue's AgentConnect comes before the bridge. An agent who meets the customer in it and has not answered so far did so unheard: the gap ended
 * between the two, or AgentConnect was lost.
 */
export function answeredUnseen(step: Step, at: number, call: Call): void {
  const customer = channelOf(step.state, call.customer);
  if (customer === undefined) return;
  outsideUnseen(step, at, call, customer);
  const sure = (leg: Leg) => call.estimated || leg.queue === null || leg.dialAnswered;
  const unanswered = openLegs(call).filter(
    (leg) => leg.answeredAt === null && sure(leg) && leg.sentAway !== true && !isSettled(call, leg),
  );
  if (unanswered.length === 0 || isLeaving(customer)) return;
  const group = connected(step.state, customer.id);
  for (const leg of unanswered) {
    if (!leg.channels.some((id) => group.has(id) && !isLeaving(channelOf(step.state, id)))) continue;
    call.estimated = true;
    const known = call.entries.find(({ key }) => key === leg.entry);
    const { queue, agent } = leg;
    if (queue !== null) answeredInGap(step, at, call, customer, { queue, agent, metBy: at, known });
    answerLeg(step, at, call, leg);
  }
  reckon(step, at, call);
}

/** Who is called outside and is together with the agent has answered, at the latest now. */
export function outsideUnseen(step: Step, at: number, call: Call, customer: Channel): void {
  if (call.direction !== 'outbound' || call.answeredAt !== null) return;
  const group = connected(step.state, customer.id);
  if (!openLegs(call).some((leg) => leg.answeredAt !== null && leg.channels.some((id) => group.has(id))))
    return;
  call.estimated = true;
  call.answeredAt = at;
  step.out.push({ type: 'call.answered', at: iso(at), callId: call.id });
}
