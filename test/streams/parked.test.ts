import { timestampMs } from '../../server/telephony/calls/fields.ts';
import {
  applySnapshot,
  createCallState,
  linkDown,
  type PbxEvent,
  readSnapshot,
  type Snapshot,
} from '../../server/telephony/calls/index.ts';
import { eventsOf, interactionsIn, messagesOf, options, play, startOf } from './replay.ts';

/**
 * A look at the PBX while calls stand in the lot, and when one of them has been fetched (recorded: park-two). A channel that was parked from its talk
 * still says Application: Queue; who has fetched a call says ParkedCall; and one bridge holds all that are parked.
 */

const events = eventsOf('park-two');
const start = startOf(events);

/** What a client was told at this moment; the answer to Ping has the PBX's clock. */
function look(moment: string, withBridges = true): Snapshot {
  const messages = messagesOf(`park-two.${moment}`);
  const at = timestampMs(messages.find((message) => message.get('Ping') === 'Pong')?.get('Timestamp'));
  const { bridgeTypes, ...snapshot } = readSnapshot(messages, at ?? 0);
  return withBridges && bridgeTypes !== undefined ? { ...snapshot, bridgeTypes } : snapshot;
}

const until = (at: number) => events.filter((event) => event.at < at);
const since = (at: number) => events.filter((event) => event.at >= at);

/** What becomes of the two callers when the link is cut at `from` (null: it never was up before) and comes back with this look. */
function afterGap(from: number | null, snapshot: Snapshot): string[] {
  const state = createCallState(options);
  const said = from === null ? [] : play(until(from), state).said;
  if (from !== null) linkDown(state, from);
  said.push(...applySnapshot(state, snapshot));
  said.push(...play(since(snapshot.at), state).said);
  expect([state.data.calls.size, state.data.channels.size, state.data.bridges.size]).toEqual([0, 0, 0]);
  return interactionsIn(said)
    .sort((a, b) => a.startedAt.localeCompare(b.startedAt))
    .map(({ legs, transfers, outcome }) => {
      const talks = legs.map((leg) => `${leg.agent} ${leg.outcome}`);
      const moves = transfers.map((transfer) => `${transfer.kind} to ${transfer.to}`);
      return [outcome, ...talks, ...moves].join(', ');
    });
}

const parkedAt = (n: number) =>
  events.filter((event): event is PbxEvent & { type: 'ParkedCall' } => event.type === 'ParkedCall')[n]?.at ??
  0;

test('the truth: two callers, each parked once, one of them fetched by 1005', () => {
  const lines = play(events).interactions.map(({ legs, transfers }) => [
    legs.map((leg) => `${leg.agent} ${leg.outcome}`).join(', '),
    transfers.map((transfer) => `${transfer.kind} to ${transfer.to}`).join(),
  ]);
  expect(lines).toEqual([
    ['1002 answered, 1005 answered', 'park to 1005'],
    ['1001 answered', 'park to null'],
  ]);
});

test('the link is lost when both are parked, and comes back while they are', () => {
  expect(afterGap(parkedAt(1) + 1, look('parked'))).toEqual([
    'answered, 1002 answered, 1005 answered, park to 1005',
    'answered, 1001 answered, park to null',
  ]);
});

test('it comes back when one is fetched: 1005 is talking since then, and the other still waits alone', () => {
  const snapshot = look('fetched');
  expect(afterGap(parkedAt(1) + 1, snapshot)).toEqual([
    'answered, 1002 answered, 1005 answered, park to 1005',
    'answered, 1001 answered, park to null',
  ]);
  const state = createCallState(options);
  play(until(parkedAt(1) + 1), state);
  linkDown(state, parkedAt(1) + 1);
  const told = applySnapshot(state, snapshot);
  const answered = told.find((event) => event.type === 'leg.answered');
  expect(answered).toMatchObject({ leg: { agent: '1005', consultation: false } });
  expect(Date.parse(answered?.at ?? '')).toBeGreaterThan(start);
});

test('nothing was known before: the two callers are two calls', () => {
  for (const moment of ['parked', 'fetched']) expect(afterGap(null, look(moment))).toHaveLength(2);
  expect(afterGap(null, look('fetched'))[0]).toBe('answered, 1005 answered');
});

test('a PBX that lists no bridges: who fetched a call is still seen talking', () => {
  const lines = afterGap(parkedAt(1) + 1, look('fetched', false));
  expect(lines[0]).toBe('answered, 1002 answered, 1005 answered, park to 1005');
});
