import { agentState, phoneState } from './agent-state.ts';
import { onCustomerChanged, tickCalls } from './calls.ts';
import { keepNext } from './card-records.ts';
import { endUnconfirmed } from './cards.ts';
import { onClockSet } from './clock-set.ts';
import { onAgentInput } from './from-agent.ts';
import { onAnswer } from './from-look-up.ts';
import { isDown, onCallEvent, onLink } from './from-pbx.ts';
import { beginNext, reconcilePause, wrapUpHolds } from './pause.ts';
import { restore } from './restore.ts';
import { onAgents } from './roster.ts';
import { type AgentDesk, type DeskInput, type Desks, iso, type Outcome } from './state.ts';
import { endDue, onWrapUpLimits } from './wrap-up.ts';

/**
 * All desks, as one model: it is told what the PBX said, what an agent did and what time it is, and answers whose view changed and what is to
 * be done. It does no I/O and knows no clock; `desks` is its own and is changed in place.
 * @param now ms since the epoch
 */
export function step(desks: Desks, input: DeskInput, now: number): Outcome {
  const out: Outcome = { now, changed: new Set(), effects: [] };
  apply(desks, input, out);
  const touched = input.type === 'tick' ? desks.agents.keys() : [...out.changed];
  for (const id of touched) {
    const desk = desks.agents.get(id);
    if (desk === undefined) continue;
    const { next } = desk;
    beginNext(desk, out);
    if (desk.next !== next) keepNext(desks, desk, out);
    reconcilePause(desks, desk, out);
    if (refresh(desks, desk, now)) out.changed.add(id);
  }
  for (const id of out.changed) {
    const desk = desks.agents.get(id);
    if (desk === undefined) out.changed.delete(id);
    else desk.version += 1;
  }
  return out;
}

function apply(desks: Desks, input: DeskInput, out: Outcome): void {
  switch (input.type) {
    case 'call':
      onCallEvent(desks, input.event, input.pbx, out);
      break;
    case 'link':
      onLink(desks, input, out);
      break;
    case 'agents':
      onAgents(desks, input.agents, out);
      break;
    case 'restored':
      for (const record of input.records) restore(desks, record, out);
      return;
    case 'customer-changed':
      onCustomerChanged(desks, input.customer, out);
      break;
    case 'settings':
      onWrapUpLimits(desks, input.wrapUpLimits, out);
      break;
    case 'clock-set':
      onClockSet(desks, input.byMs);
      for (const id of desks.agents.keys()) out.changed.add(id);
      break;
    case 'tick':
      tickCalls(desks, out);
      endDue(desks, (pbx) => isDown(desks, pbx), out);
      endUnconfirmed(desks, (pbx) => isDown(desks, pbx), out);
      break;
    case 'identified':
    case 'look-up-failed':
    case 'look-up-again':
    case 'history':
    case 'picked':
    case 'unpicked':
    case 'last-contacts': {
      const ctx = desks.calls.get(input.callId);
      if (ctx !== undefined) onAnswer(desks, ctx, input, out);
      return;
    }
    default: {
      const desk = desks.agents.get(input.agent);
      if (desk !== undefined) onAgentInput(desks, desk, input, out);
    }
  }
}

/** Works out the agent's state anew. @returns whether it is another one */
function refresh(desks: Desks, desk: AgentDesk, now: number): boolean {
  const legs = desk.cards.map(({ phase, callId }) => ({
    phase,
    direction: desks.calls.get(callId)?.party?.direction ?? 'inbound',
  }));
  const { chosen } = desk;
  const phone = phoneState(desk);
  const next = agentState({ chosen, legs, phone, wrapUpRunning: wrapUpHolds(desk) });
  if (next.state === desk.shown.state && next.reason === desk.shown.reason) return false;
  desk.shown = { ...next, since: iso(now) };
  return true;
}
