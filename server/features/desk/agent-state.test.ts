import type { DeviceState } from '@ringdesk/shared/call-events';
import type { AgentState, CardPhase } from '@ringdesk/shared/desk';
import type { Direction } from '@ringdesk/shared/interaction';
import { agentState } from './agent-state.ts';
import type { Chosen } from './state.ts';

const available: Chosen = { state: 'available', reason: null };
const lunch: Chosen = { state: 'break', reason: 'lunch' };
const offline: Chosen = { state: 'offline', reason: null };

test.each<[string, Chosen, (CardPhase | [CardPhase, Direction])[], DeviceState, boolean, AgentState]>([
  ['nothing happens', available, [], 'idle', false, 'available'],
  ['a phone rings', available, ['ringing'], 'ringing', false, 'ringing'],
  ['a fast answer, before the device says so', available, ['talking'], 'idle', false, 'on-call'],
  ['the customer holds', available, ['held'], 'in-use', false, 'on-call'],
  ['it rings during a talk', available, ['ringing', 'talking'], 'in-use', false, 'on-call'],
  ['dialling out', available, [['ringing', 'outbound']], 'in-use', false, 'on-call'],
  ['a click: the own phone rings first', available, [['ringing', 'outbound']], 'ringing', false, 'ringing'],
  ['the phone is used for a call that we know nothing of', available, [], 'in-use', false, 'on-call'],
  ['the same during a break', lunch, [], 'in-use', false, 'on-call'],
  ['writing about the last call', available, ['wrap-up'], 'idle', true, 'wrap-up'],
  ['the next call rings meanwhile', available, ['ringing', 'wrap-up'], 'ringing', true, 'ringing'],
  ['a break was chosen while the form is open', lunch, ['wrap-up'], 'idle', true, 'break'],
  ['a break', lunch, [], 'idle', false, 'break'],
  ['a call rings during the break', lunch, ['ringing'], 'ringing', false, 'ringing'],
  ['a missed call is no activity', available, ['missed'], 'idle', false, 'available'],
  ['not at work', offline, [], 'unavailable', false, 'offline'],
  ['the phone lost its registration', available, [], 'unavailable', false, 'available'],
])('%s', (_what, chosen, phases, phone, wrapUpRunning, expected) => {
  const legs = phases.map((leg) =>
    typeof leg === 'string'
      ? { phase: leg, direction: 'inbound' as const }
      : { phase: leg[0], direction: leg[1] },
  );
  expect(agentState({ chosen, legs, phone, wrapUpRunning }).state).toBe(expected);
});

test('only a break has a reason', () => {
  const facts = { legs: [], phone: 'idle', wrapUpRunning: false } as const;
  expect(agentState({ ...facts, chosen: lunch }).reason).toBe('lunch');
  expect(agentState({ ...facts, chosen: lunch, phone: 'in-use' }).reason).toBeNull();
});
