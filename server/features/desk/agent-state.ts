import type { DeviceState } from '@ringdesk/shared/call-events';
import type { AgentState, CardPhase } from '@ringdesk/shared/desk';
import type { Direction } from '@ringdesk/shared/interaction';
import type { AgentDesk, Chosen } from './state.ts';

/**
 * What an agent is doing. The queue's AgentComplete says nothing of it (an agent may talk on after an attended transfer), so it follows
 * from the own legs, then from the device, then from the wrap-up, and last from what was chosen.
 *
 * A break or an end of work that is chosen while a wrap-up form is open shows at once: no call comes any more, and the form stays.
 */
export function agentState(facts: {
  chosen: Chosen;
  legs: readonly { phase: CardPhase; direction: Direction }[];
  phone: DeviceState;
  wrapUpRunning: boolean;
}): { state: AgentState; reason: string | null } {
  const { chosen, legs, phone, wrapUpRunning } = facts;
  const plain = (state: AgentState) => ({ state, reason: null });
  if (legs.some(({ phase }) => phase === 'talking' || phase === 'held')) return plain('on-call');
  const ringing = legs.filter(({ phase }) => phase === 'ringing');
  if (ringing.length > 0) {
    // The agent's own call out: the phone is at the ear while the customer's rings.
    const dialling = ringing.every(({ direction }) => direction === 'outbound') && phone !== 'ringing';
    return plain(dialling ? 'on-call' : 'ringing');
  }
  if (phone === 'in-use' || phone === 'busy' || phone === 'on-hold') return plain('on-call');
  if (wrapUpRunning && chosen.state === 'available') return plain('wrap-up');
  if (phone === 'ringing') return plain('ringing');
  return { state: chosen.state, reason: chosen.state === 'break' ? chosen.reason : null };
}

/** The state of several phones is that of the busiest one; they are unavailable only when all are. */
const busiestFirst: readonly DeviceState[] = ['on-hold', 'in-use', 'busy', 'ringing', 'idle', 'unavailable'];

export function phoneState(desk: AgentDesk): DeviceState {
  const states = new Set(desk.phones.values());
  return busiestFirst.find((state) => states.has(state)) ?? 'unknown';
}
