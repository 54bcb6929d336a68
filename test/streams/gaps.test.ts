import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Interaction } from '@ringdesk/shared/interaction';
import fc from 'fast-check';
import { decodeAll } from '../../server/telephony/ami/index.ts';
import {
  applySnapshot,
  createCallState,
  linkDown,
  liveCalls,
  type PbxEvent,
  readSnapshot,
  type Snapshot,
} from '../../server/telephony/calls/index.ts';
import { snapshotAfter } from './pbx-seen.ts';
import { eventsOf, here, interactionsIn, messagesOf, options, play, read, startOf } from './replay.ts';
import { expected, unaccepted } from './scenarios.ts';
import { summaryOf } from './summary.ts';

/** The link is cut and comes back: what went on is exact, what is not known says so, and nothing is made up. */

/** The stream without the events from `from` to `to`, with the snapshot that the PBX gives instead. */
function withGap(events: PbxEvent[], from: number, to: number): Interaction[] {
  const state = createCallState(options);
  const said = play(events.slice(0, from), state).said;
  linkDown(state, events[from - 1]?.at ?? events[0]?.at ?? 0);
  const at = events[to - 1]?.at ?? 0;
  said.push(...applySnapshot(state, snapshotAfter(events.slice(0, to), at)));
  said.push(...play(events.slice(to), state).said);
  expect(state.data.calls.size).toBe(0);
  expect(state.data.channels.size).toBe(0);
  return interactionsIn(said);
}

/** A wait that is known to the second only may fall on either side of the limit. */
function anyAbandon(outcome: string | null): string | null {
  return outcome === 'short-abandoned' ? 'abandoned' : outcome;
}

function expectNothingMadeUp(name: string, record: Interaction, truth: Interaction | undefined): void {
  if (record.confidence === 'live') {
    expect(record).toEqual(truth);
    return;
  }
  expect(record.confidence).toBe('estimated');
  if (truth === undefined) return;
  for (const leg of record.legs) expect(truth.legs.map((l) => l.agent)).toContain(leg.agent);
  if (unaccepted.has(name)) return;
  // Who dialled may be in the gap: then an agent's click-to-call looks like an inside call, and its caller is the agent.
  if (record.direction === truth.direction) expect([truth.end, 'unknown']).toContain(record.end);
  expect([truth.outcome, null].map(anyAbandon)).toContain(anyAbandon(record.outcome));
  // Whether this queue's ends are reported may not have been heard yet: then being taken away looks like a time limit.
  const reported = record.entries.some((e) => e.outcome === 'redirected');
  for (const entry of record.entries) {
    const real = truth.entries.filter((e) => e.queue === entry.queue);
    const likely = real.map((e) =>
      anyAbandon(e.outcome === 'redirected' && !reported ? 'timeout' : e.outcome),
    );
    expect([...likely, 'unknown']).toContain(anyAbandon(entry.outcome));
    // Whose phone the queue rang, where it is not seen that the call was sent on.
    const rung = real.some((e) => e.agent !== null) ? truth.legs.map((l) => l.agent) : [];
    expect([...real.map((e) => e.agent), ...rung, null]).toContain(entry.agent);
    expect([...real.map((e) => e.waitMs), null]).toContain(entry.waitMs);
  }
}

/** The same entries and legs, where an answer or an ending in the very moment of the gap may be unknown, or known to some milliseconds. */
function expectSameButUnknown(records: Interaction[], truth: Interaction[]): void {
  const known = (said: unknown, real: unknown) => (said === 'unknown' ? real : said);
  for (const [n, record] of records.entries()) {
    const real = truth[n];
    const entries = record.entries.map((e, k) => ({
      ...e,
      outcome: known(e.outcome, real?.entries[k]?.outcome),
    }));
    expect([record.id, entries]).toEqual([real?.id, real?.entries]);
    expect(record.legs).toHaveLength(real?.legs.length ?? -1);
    for (const [k, leg] of record.legs.entries()) {
      const same = real?.legs[k];
      const endedBy = known(leg.endedBy, same?.endedBy);
      const off = Date.parse(leg.answeredAt ?? leg.offeredAt) - Date.parse(same?.answeredAt ?? leg.offeredAt);
      expect(Math.abs(off)).toBeLessThan(5);
      const { answeredAt, ringMs } = same ?? leg;
      expect({ ...leg, endedBy, answeredAt, ringMs }).toEqual(same);
    }
  }
}

describe('a gap anywhere', () => {
  test.each(expected)('%s', (name) => {
    const events = eventsOf(name);
    const truth = new Map(play(events).interactions.map((i) => [i.id, i]));
    const step = Math.max(1, Math.floor(events.length / 8));
    for (let from = 0; from < events.length; from += step) {
      for (let to = from; to <= events.length; to += step) {
        for (const record of withGap(events, from, to))
          expectNothingMadeUp(name, record, truth.get(record.id));
      }
    }
  });

  test('of no length changes nothing at all', () => {
    fc.assert(
      fc.property(fc.constantFrom(...expected), fc.double({ min: 0, max: 1, noNaN: true }), (name, share) => {
        const events = eventsOf(name);
        const cut = Math.floor(share * events.length);
        const truth = play(events).interactions;
        const records = withGap(events, cut, cut);
        expectSameButUnknown(records, truth);
        for (const [index, record] of records.entries()) expectNothingMadeUp(name, record, truth[index]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('recorded: a client that was cut off and came back (network-loss)', () => {
  const whole = eventsOf('network-loss');
  const start = startOf(whole);
  const again = messagesOf('network-loss.client-again');
  const snapshot: Snapshot = { ...readSnapshot(again, start + 6500) };
  const after = read(again);

  test('the snapshot is read: three channels, one waiting caller, nine members', () => {
    expect([snapshot.channels.length, snapshot.entries.length, snapshot.members.length]).toEqual([3, 1, 9]);
  });

  test('both calls went on all through the gap, so nothing is lost', () => {
    const state = createCallState(options);
    play(
      whole.filter((event) => event.at < start + 2000),
      state,
    );
    linkDown(state, start + 2000);
    applySnapshot(state, snapshot);
    expect(play(after, state).interactions).toEqual(
      play(whole).interactions.map((i) => ({ ...i, confidence: 'estimated' })),
    );
  });

  test('both calls began before we came: they are known from the snapshot, to the second', () => {
    const state = createCallState(options);
    const said = applySnapshot(state, snapshot);
    expect(said.filter((e) => e.type === 'member.changed')).toHaveLength(9);
    const lines = play(after, state).interactions.map((i) => summaryOf(i, start));
    expect(lines.join('\n').split('\n')).toEqual([
      'lab-1795357633.205 inbound +79161234567 "Caller" for sales: 0.500–12.119, answered 0.500: answered, ended by caller [estimated]',
      '  queue sales 0.500–0.500: answered by 1001',
      '  agent 1001 queue sales 0.500–12.117 ring 0, answered 0.500, talk 11617 hold 0: answered, ended by caller',
      'lab-1795357633.204 inbound +79161234567 "Caller" for support: 0.500–20.119: abandoned, ended by caller [estimated]',
      '  queue support 0.500–20.118 at 1: abandoned',
    ]);
  });
});

test('recorded: a busy moment seen from the snapshot alone (states)', () => {
  const list = (name: string) =>
    decodeAll(readFileSync(path.join(here, 'recorded/states.snapshots', `${name}.ami`)));
  const messages = [...list('busy.CoreShowChannels'), ...list('busy.QueueStatus')];
  const state = createCallState(options);
  const at = Date.parse('2026-11-22T14:30:20.000Z');
  applySnapshot(state, readSnapshot(messages, at));
  const live = liveCalls(state).map((i) => [
    i.number,
    i.direction,
    i.entries.map((e) => `${e.queue} ${e.outcome ?? 'waits'}`).join(),
    i.legs.map((l) => `${l.agent} ${l.answeredAt === null ? 'rings' : 'talks'}`).join(),
  ]);
  expect(live.sort()).toEqual([
    ['+79160000001', 'inbound', 'sales answered', '1003 talks'],
    ['+79160000002', 'inbound', 'sales answered', '1001 talks'],
    ['+79160000003', 'inbound', 'sales waits', ''],
    ['+79160000004', 'inbound', 'support waits', '1004 rings'],
    ['+79161234567', 'inbound', '', ''],
    ['+79165550002', 'outbound', '', '1006 talks'],
  ]);
  expect(new Set(liveCalls(state).map((i) => i.confidence))).toEqual(new Set(['estimated']));
});

describe.each(['restart', 'crash'])('recorded: Asterisk is gone in mid-call and back (%s)', (name) => {
  const events = eventsOf(name);
  const last = events.at(-1)?.at ?? 0;
  const after = messagesOf(`${name}.after`);

  test('both calls end as unknown at the last moment that is known, the waiting one without an outcome', () => {
    const state = createCallState(options);
    play(events, state);
    linkDown(state, last);
    const said = applySnapshot(state, readSnapshot(after, last + 4000));
    const records = interactionsIn(said);
    const told = records.map((i) => [i.outcome, i.end, i.confidence, i.entries[0]?.outcome, i.endedAt]);
    const lastKnown = new Date(last).toISOString();
    expect(told).toContainEqual(['answered', 'unknown', 'estimated', 'answered', lastKnown]);
    expect(told).toContainEqual([null, 'unknown', 'estimated', 'unknown', lastKnown]);
    expect(told).toHaveLength(2);
    expect(records.flatMap((i) => i.legs.map((l) => [l.agent, l.outcome, l.endedBy]))).toEqual([
      ['1001', 'answered', 'unknown'],
    ]);
    expect(state.data.keys.size).toBe(0);
    // The pause and the added member are gone too, and Asterisk says nothing of it.
    expect(
      said.some((e) => e.type === 'member.removed' && e.device === 'PJSIP/1001' && e.queue === 'support'),
    ).toBe(true);
    expect(play(read(after), state).interactions).toEqual([]);
  });
});
