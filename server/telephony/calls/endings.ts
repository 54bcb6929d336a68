import { leaveEntry } from './entries.ts';
import { forgetCall } from './identity.ts';
import { endLeg } from './leg-endings.ts';
import { recordOf } from './record.ts';
import type { Call, Step } from './state.ts';
import { iso, note } from './state.ts';

/**
 * The last channel of a call is gone: the record is final, is said once, and the call is forgotten. What arrives later about it (an
 * AgentComplete in the wrong order, a second Hangup) names channels that are unknown by then and changes nothing; nothing waits for it, because all
 * that it could tell has been told by surer signs.
 */
export function finishCall(step: Step, at: number, call: Call): void {
  for (const entry of call.entries) {
    if (entry.outcome === null) leaveEntry(step, call, entry, { at, outcome: 'unknown' });
  }
  for (const leg of call.legs) endLeg(step, at, call, leg);
  // The contact ended with the customer, though two agents may have gone on talking.
  const endedAt = Math.max(call.customerHungUpAt ?? at, call.startedAt);
  note(call, endedAt, 'call.ended');
  step.out.push({
    type: 'interaction.ended',
    at: iso(endedAt),
    callId: call.id,
    interaction: recordOf(step.state, call, endedAt),
  });
  forgetCall(step.state, call);
}
