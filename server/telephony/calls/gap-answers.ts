import { lastEntry, leaveEntry, openEntry } from './entries.ts';
import { channelOf } from './identity.ts';
import { answerLeg, openLegs } from './legs.ts';
import type { Call, Channel, Step } from './state.ts';
import { connected, reckon } from './talk.ts';

/** Answers that fell into a gap of the link: told by agent and customer being together. */

/** The queue's entry of the customer ended with this agent, at a time that is not known exactly. */
export function answeredInGap(
  step: Step,
  at: number,
  call: Call,
  customer: Channel,
  queue: string,
  agent: string,
): void {
  const facts = { queue, channel: customer.id, position: null, consultation: false };
  const entry = lastEntry(call, customer.id, queue) ?? openEntry(step, customer.createdAt, call, facts);
  if (entry.outcome === 'answered') return;
  entry.estimated = true;
  entry.agent = agent;
  leaveEntry(step, call, entry, { at, outcome: 'answered' });
}

/** The gap ended between the queue's AgentConnect and the bridge: the agent who meets the customer in it has answered. */
export function answeredUnseen(step: Step, at: number, call: Call): void {
  const customer = channelOf(step.state, call.customer);
  if (!call.estimated || customer === undefined) return;
  const unanswered = openLegs(call).filter((leg) => leg.answeredAt === null);
  if (unanswered.length === 0) return;
  const group = connected(step.state, customer.id);
  for (const leg of unanswered) {
    if (!leg.channels.some((id) => group.has(id))) continue;
    if (leg.queue !== null) answeredInGap(step, at, call, customer, leg.queue, leg.agent);
    answerLeg(step, at, call, leg);
  }
  reckon(step, at, call);
}
