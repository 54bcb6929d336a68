import fc from 'fast-check';
import { anAnsweredLeg, anInteraction } from '../testing/an-interaction.ts';
import { catalogue, type MetricId } from './catalogue.ts';
import { type Counters, countEntry, countLeg, merge, noCounters } from './counters.ts';
import { type EntryFact, entryClasses, factsOf, type LegFact, offerClasses } from './facts.ts';
import { type ServiceLevelVariant, serviceLevelVariants } from './metric.ts';
import { addTally, type Limits, noTally, tallyOf, usualLimits } from './tally.ts';

type Variant = Limits & { serviceLevel: ServiceLevelVariant };
const usualVariant: Variant = { ...usualLimits, serviceLevel: 'negative' };

const entry = (kind: EntryFact['class'], waitMs = 0): EntryFact => ({
  queue: 'sales',
  at: 0,
  class: kind,
  agent: null,
  waitMs,
});
function counted(entries: readonly EntryFact[], legs: readonly LegFact[] = []): Counters {
  const counters = noCounters();
  for (const fact of entries) countEntry(counters, fact);
  for (const fact of legs) countLeg(counters, fact);
  return counters;
}
const value = (id: MetricId, counters: Counters, said: Partial<Variant> = {}) => {
  const variant = { ...usualVariant, ...said };
  return catalogue[id].of(tallyOf(counters, variant), variant.serviceLevel);
};
const times = <T>(count: number, make: () => T) => Array.from({ length: count }, make);

test('the example of the definition: 70 in time, 20 late, 10 early abandons', () => {
  const counters = counted([
    ...times(70, () => entry('answered', 12_000)),
    ...times(20, () => entry('answered', 45_000)),
    ...times(10, () => entry('abandoned', 8000)),
  ]);
  const level = (serviceLevel: Variant['serviceLevel']) => value('serviceLevel', counters, { serviceLevel });
  expect(level('ignore')).toBeCloseTo(0.7778, 4);
  expect(level('negative')).toBeCloseTo(0.7, 4);
  expect(level('positive')).toBeCloseTo(0.8, 4);
  expect(level('answered-only')).toBeCloseTo(0.7778, 4);
});

test('a threshold holds for what took exactly so long, and for nothing longer', () => {
  const counters = counted([entry('answered', 20_000), entry('answered', 20_001)]);
  expect(value('answeredInTime', counters)).toBe(1);
  expect(value('shortAbandoned', counted([entry('abandoned', 5000), entry('abandoned', 5001)]))).toBe(1);
});

test('where there is nothing, a share and a mean are nothing, and not 0 or 100 %', () => {
  const none = noCounters();
  for (const id of [
    'serviceLevel',
    'abandonRate',
    'asaSeconds',
    'waitP90Seconds',
    'ahtSeconds',
    'rnaRate',
  ] as const)
    expect([id, value(id, none)]).toEqual([id, null]);
  expect(value('abandonRate', counted([entry('abandoned', 1000)]))).toBeNull();
});

test('percentiles are waits that somebody had', () => {
  const counters = counted([1, 2, 3, 4, 5, 6, 7, 8, 9, 30].map((s) => entry('answered', s * 1000)));
  expect([
    value('waitP50Seconds', counters),
    value('waitP90Seconds', counters),
    value('waitP95Seconds', counters),
    value('waitMaxSeconds', counters),
  ]).toEqual([5, 9, 30, 30]);
});

test('what counts of a record: two agents handled a transferred call, a consultation is nobody`s contact', () => {
  const { entries, legs } = factsOf(
    anInteraction({
      entries: [
        {
          queue: 'sales',
          enteredAt: '2026-01-01T10:00:00.000Z',
          leftAt: '2026-01-01T10:00:02.000Z',
          waitMs: 2000,
          position: 1,
          outcome: 'answered',
          agent: '1001',
          consultation: false,
        },
      ],
      legs: [
        anAnsweredLeg({ endedBy: 'transfer', holdMs: 1000, wrapUpMs: 4000 }),
        anAnsweredLeg({ agent: '1002', queue: null, talkMs: 5000 }),
        anAnsweredLeg({ agent: '1003', consultation: true }),
        anAnsweredLeg({ agent: '1004', outcome: 'missed', answeredAt: null, talkMs: null, ringMs: 15_000 }),
        anAnsweredLeg({ agent: '1005', outcome: 'caller-left', answeredAt: null, talkMs: null }),
      ],
      transfers: [
        { kind: 'attended', by: '1001', to: '1002', toQueue: null, at: '2026-01-01T10:00:05.000Z' },
      ],
    }),
  );
  const counters = counted(entries, legs);
  expect({
    handled: value('handled', counters),
    talk: value('talkSeconds', counters),
    hold: value('holdSeconds', counters),
    heldOnly: value('holdPerHeldSeconds', counters),
    aht: value('ahtSeconds', counters),
    offers: value('offers', counters),
    missed: value('missed', counters),
    transfers: value('transferRate', counters),
    attended: value('attendedTransfers', counters),
    toAgent: value('transfersToAgent', counters),
  }).toEqual({
    handled: 2,
    talk: 4,
    hold: 0.5,
    heldOnly: 1,
    aht: 6.5,
    offers: 4,
    missed: 1,
    transfers: 0.5,
    attended: 1,
    toAgent: 1,
  });
});

const anyEntry = fc
  .record({ class: fc.constantFrom(...entryClasses), waitMs: fc.integer({ min: 0, max: 120_000 }) })
  .map((one): EntryFact => ({ queue: 'sales', at: 0, agent: null, ...one }));
const anyLeg = fc.record<LegFact>({
  agent: fc.constantFrom('1001', '1002'),
  queue: fc.constant('sales'),
  at: fc.constant(0),
  class: fc.constantFrom(...offerClasses),
  ringMs: fc.nat(30_000),
  talkMs: fc.nat(600_000),
  holdMs: fc.nat(60_000),
  wrapUpMs: fc.option(fc.nat(60_000)),
  transfer: fc.option(
    fc.record({
      kind: fc.constantFrom('blind' as const, 'attended' as const),
      to: fc.constantFrom('queue' as const, 'agent' as const, 'outside' as const),
    }),
  ),
});
const anyVariant = fc.record<Variant>({
  serviceLevel: fc.constantFrom(...serviceLevelVariants),
  thresholdSeconds: fc.nat(60),
  shortAbandonSeconds: fc.nat(30),
});
const ids = Object.keys(catalogue).filter((id): id is MetricId => id in catalogue);
const all = (counters: Counters, variant: Variant) => ids.map((id) => [id, value(id, counters, variant)]);

test('entered is the sum of its parts, whatever the limits', () => {
  fc.assert(
    fc.property(fc.array(anyEntry), anyVariant, (entries, variant) => {
      const counters = counted(entries);
      const parts = ['answered', 'abandoned', 'shortAbandoned', 'callback', 'flowedOut', 'open'] as const;
      const sum = parts.reduce((total, id) => total + (value(id, counters, variant) ?? 0), 0);
      expect(value('entered', counters, variant)).toBe(sum);
      expect(sum).toBe(entries.length);
      const level = value('serviceLevel', counters, variant);
      if (level !== null) expect(level >= 0 && level <= 1).toBe(true);
    }),
  );
});

test('counted apart and put together in any order, every number is the same', () => {
  fc.assert(
    fc.property(
      fc.array(anyEntry),
      fc.array(anyLeg),
      fc.infiniteStream(fc.nat(3)),
      anyVariant,
      (entries, legs, place, variant) => {
        const parts = times(4, noCounters);
        const part = () => parts[place.next().value] ?? noCounters();
        for (const fact of entries) countEntry(part(), fact);
        for (const fact of legs) countLeg(part(), fact);
        const together = noCounters();
        for (const one of parts.reverse()) merge(together, one);
        expect(all(together, variant)).toEqual(all(counted(entries, legs), variant));
      },
    ),
  );
});

test('tallies of queues with limits of their own can be added', () => {
  const quick = counted([entry('answered', 15_000), entry('abandoned', 3000)]);
  const sum = noTally();
  addTally(sum, tallyOf(quick, { thresholdSeconds: 10, shortAbandonSeconds: 2 }));
  addTally(sum, tallyOf(quick, { thresholdSeconds: 20, shortAbandonSeconds: 5 }));
  expect(sum).toMatchObject({
    answered: 2,
    answeredInTime: 1,
    abandoned: 1,
    shortAbandoned: 1,
    abandonedInTime: 1,
  });
  expect(catalogue.serviceLevel.of(sum, 'negative')).toBeCloseTo(1 / 3, 9);
});
