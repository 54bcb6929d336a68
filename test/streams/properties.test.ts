import type { Interaction } from '@ringdesk/shared/interaction';
import fc from 'fast-check';
import {
  createCallState,
  exportState,
  importState,
  liveCalls,
  type PbxEvent,
} from '../../server/telephony/calls/index.ts';
import { eventsOf, options, type Played, play } from './replay.ts';
import { expected } from './scenarios.ts';

/** What must hold for every stream, however its events are repeated, moved about within an ending, or cut. */

const streams = new Map(expected.map((name) => [name, eventsOf(name)]));
const eventsFor = (name: string): PbxEvent[] => streams.get(name) ?? [];
const anyStream = fc.constantFrom(...expected);

describe('every event told twice', () => {
  test.each(expected)('%s', (name) => {
    const once = play(eventsFor(name));
    const twice = play(eventsFor(name).flatMap((event) => [event, event]));
    expect(twice.interactions).toEqual(once.interactions);
    expect(twice.said).toEqual(once.said);
  });

  test('some of them', () => {
    fc.assert(
      fc.property(anyStream, fc.infiniteStream(fc.boolean()), (name, coins) => {
        const again = eventsFor(name).flatMap((e) => (coins.next().value ? [e, e] : [e]));
        expect(play(again).interactions).toEqual(play(eventsFor(name)).interactions);
      }),
      { numRuns: 60 },
    );
  });
});

/**
 * The events of an ending come in any order. A run of neighbours within 20 ms is shuffled, as long as each channel's BridgeLeave
 * stays before its Hangup: that much AMI promises.
 */
const movable = new Set(['AgentComplete', 'BridgeLeave', 'Hangup', 'Member', 'Device']);
const isLegal = (run: PbxEvent[]) =>
  run.every(
    (event, i) =>
      event.type !== 'BridgeLeave' ||
      !run.slice(0, i).some((e) => e.type === 'Hangup' && e.channel === event.channel),
  );

function endings(events: PbxEvent[]): PbxEvent[][] {
  const runs: PbxEvent[][] = [];
  for (const event of events) {
    const last = runs.at(-1);
    const first = last?.[0];
    const joins = first !== undefined && movable.has(first.type) && movable.has(event.type);
    if (last !== undefined && joins && event.at - first.at < 20) last.push(event);
    else runs.push([event]);
  }
  return runs;
}

function shuffled(run: PbxEvent[], random: () => number): PbxEvent[] {
  const keyed = run.map((event) => ({ event, key: random() }));
  const next = keyed.sort((a, b) => a.key - b.key).map(({ event }) => event);
  return isLegal(next) ? next : run;
}

/** The record without its exact times, and with them apart. */
function shape(interactions: Interaction[]): unknown {
  return [...interactions]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((i) => ({
      ...i,
      endedAt: null,
      timeline: i.timeline.map((t) => t.what).sort(),
      entries: i.entries.map((e) => ({ ...e, leftAt: null, waitMs: null })),
      legs: i.legs.map((l) => ({ ...l, endedAt: null, talkMs: null, holdMs: null, ringMs: null })),
    }));
}

function times(interactions: Interaction[]): number[] {
  return [...interactions]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((i) => [
      Date.parse(i.endedAt ?? ''),
      ...i.legs.flatMap((l) => [Date.parse(l.endedAt ?? ''), l.talkMs ?? 0, l.holdMs ?? 0, l.ringMs ?? 0]),
    ]);
}

test('the order of an ending does not matter', () => {
  fc.assert(
    fc.property(anyStream, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (name, dice) => {
      const random = () => dice.next().value ?? 0;
      const moved = endings(eventsFor(name)).flatMap((run) => shuffled(run, random));
      const [one, other] = [play(eventsFor(name)), play(moved)];
      expect(shape(other.interactions)).toEqual(shape(one.interactions));
      const [before, after] = [times(one.interactions), times(other.interactions)];
      for (const [i, time] of before.entries()) expect(Math.abs(time - (after[i] ?? 0))).toBeLessThan(20);
    }),
    { numRuns: 150 },
  );
});

describe('stopped at any event and started again from what was saved', () => {
  test.each(expected)('%s', (name) => {
    const whole = play(eventsFor(name));
    const events = eventsFor(name);
    for (let cut = 0; cut <= events.length; cut += 1 + Math.floor(events.length / 10)) {
      const first = play(events.slice(0, cut));
      const saved = exportState(first.state);
      const second = play(events.slice(cut), importState(JSON.parse(saved), options));
      expect([...first.said, ...second.said]).toEqual(whole.said);
    }
  });

  test('anywhere', () => {
    fc.assert(
      fc.property(anyStream, fc.double({ min: 0, max: 1, noNaN: true }), (name, share) => {
        const events = eventsFor(name);
        const cut = Math.floor(share * events.length);
        const first = play(events.slice(0, cut));
        const saved = exportState(first.state);
        const second = play(events.slice(cut), importState(JSON.parse(saved), options));
        expect([...first.interactions, ...second.interactions]).toEqual(play(events).interactions);
      }),
      { numRuns: 100 },
    );
  });

  test('a state of another version is refused', () => {
    const saved = exportState(createCallState(options));
    expect(() => importState({ ...JSON.parse(saved), version: 0 }, options)).toThrow(RangeError);
    expect(() => importState(null, options)).toThrow(RangeError);
  });
});

describe('invariants of every record', () => {
  const records = (): Interaction[] => expected.flatMap((name) => play(eventsFor(name)).interactions);

  test('all times are in order and no duration is negative', () => {
    for (const i of records()) {
      expect(i.endedAt !== null && i.endedAt >= i.startedAt).toBe(true);
      for (const entry of i.entries) {
        expect(entry.leftAt !== null && entry.leftAt >= entry.enteredAt).toBe(true);
        expect(entry.waitMs).toBe(Date.parse(entry.leftAt ?? '') - Date.parse(entry.enteredAt));
      }
      for (const leg of i.legs) {
        expect(leg.endedAt !== null && leg.endedAt >= (leg.answeredAt ?? leg.offeredAt)).toBe(true);
        for (const ms of [leg.ringMs, leg.talkMs, leg.holdMs]) expect(ms ?? 0).toBeGreaterThanOrEqual(0);
        expect(leg.outcome === 'answered').toBe(leg.answeredAt !== null);
        expect(leg.endedBy === null).toBe(leg.answeredAt === null);
      }
    }
  });

  test('an answered entry has exactly one answered leg of its queue and agent', () => {
    for (const i of records()) {
      for (const entry of i.entries.filter((e) => e.outcome === 'answered')) {
        const legs = i.legs.filter((l) => l.queue === entry.queue && l.agent === entry.agent && l.answeredAt);
        expect(legs).toHaveLength(1);
      }
    }
  });

  test('what is said live adds up to the record; only who ended a talk may be known a moment later', () => {
    for (const name of expected) {
      for (const record of played(name)) expect(record.live).toEqual(record.final);
    }
  });

  /** The legs' ends as told by `leg.ended`, beside those in the record. */
  function played(name: string): { live: unknown; final: unknown }[] {
    const { said, interactions }: Played = play(eventsFor(name));
    const late = (i: Interaction, index: number) =>
      said.some(
        (e) =>
          e.type === 'leg.ended' && e.callId === i.id && e.leg.index === index && e.endedBy === 'unknown',
      )
        ? 'unknown'
        : null;
    return interactions.map((i) => ({
      live: said
        .flatMap((e) =>
          e.type === 'leg.ended' && e.callId === i.id
            ? [[e.leg.index, e.leg.agent, e.outcome, e.endedBy]]
            : [],
        )
        .sort(),
      final: i.legs.map((l, index) => [index, l.agent, l.outcome, late(i, index) ?? l.endedBy]).sort(),
    }));
  }
});

test('the live view has each call from its first event to its last, and no other', () => {
  for (const name of expected) {
    const state = createCallState(options);
    const live = new Set<string>();
    for (const event of eventsFor(name)) {
      for (const said of play([event], state).said) {
        if (said.type === 'call.started') live.add(said.callId);
        if (said.type === 'call.merged') live.delete(said.from);
        if (said.type === 'interaction.ended') live.delete(said.callId);
      }
      expect(
        liveCalls(state)
          .map((i) => i.id)
          .sort(),
      ).toEqual([...live].sort());
    }
    expect(live.size).toBe(0);
  }
});
