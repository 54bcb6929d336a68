import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallEvent } from '@ringdesk/shared/call-events';
import { decodeAll } from '../ami/index.ts';
import { applyEvent, createCallState, exportState, importState, openEvents, readEvent } from './index.ts';

const options = { pbx: 'main', toE164: () => null };

/** Plays a recording up to and including the first event of this name, as a process that was then killed and started again. */
function stoppedAt(scenario: string, name: string): { lived: CallEvent[]; told: CallEvent[] } {
  const state = createCallState(options);
  const lived: CallEvent[] = [];
  for (const message of decodeAll(
    readFileSync(join(__dirname, `../../../test/streams/recorded/${scenario}.ami`)),
  )) {
    const event = readEvent(message);
    if (event === null) continue;
    lived.push(...applyEvent(state, event));
    if (message.event === name) break;
  }
  const again = importState(JSON.parse(exportState(state)), options);
  return { lived, told: openEvents(again, 0) };
}

const ofCalls = (events: CallEvent[]) => events.flatMap((event) => ('callId' in event ? [event.type] : []));

test.each([
  ['answered', 'QueueCallerJoin', ['call.started', 'queue.joined']],
  ['answered', 'AgentCalled', ['call.started', 'queue.joined', 'leg.offered']],
  ['hold', 'Hold', ['call.started', 'queue.joined', 'leg.offered', 'queue.left', 'leg.answered', 'leg.held']],
  ['answered', 'Cdr', []],
])('%s, stopped at %s', (scenario, name, expected) => {
  expect(ofCalls(stoppedAt(scenario, name).told)).toEqual(expected);
});

test('a leg is told as it was lived, with its channel', () => {
  const { lived, told } = stoppedAt('answered', 'AgentCalled');
  const offer = (events: CallEvent[]) => events.find((event) => event.type === 'leg.offered');
  expect(offer(told)).toEqual(offer(lived));
});

test('members and phones come first, so that a leg finds its desk', () => {
  const { told } = stoppedAt('answered', 'AgentCalled');
  expect(told.findIndex(({ type }) => type === 'call.started')).toBeGreaterThan(
    told.findIndex(({ type }) => type === 'member.changed'),
  );
});

test('an outbound call is told as answered once the customer took it', () => {
  expect(ofCalls(stoppedAt('outbound', 'BridgeEnter').told)).toEqual([
    'call.started',
    'leg.offered',
    'leg.answered',
    'call.answered',
  ]);
  expect(ofCalls(stoppedAt('outbound', 'DialBegin').told)).not.toContain('call.answered');
});
