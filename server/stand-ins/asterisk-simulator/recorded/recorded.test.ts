import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compare } from './compare.ts';
import { createHouse } from './house.ts';
import { MORE_SHIPPED } from './more-shipped.ts';
import { type NormalEvent, normalize, readEvents } from './normal.ts';
import { SCENARIOS } from './scenarios.ts';
import { HELD_BACK, SHIPPED, SHIPPED_AT_FIRST } from './shipped.ts';
import type { Scenario } from './transfers.ts';

/**
 * The simulator says what a real Asterisk 22 said: each scenario is played and compared with its recording, event by event. The same events
 * with the same fields in the same order of fields, the same values but for ids, serial numbers and times, and in the same order wherever
 * the order is Asterisk's promise (`order.ts`). What is left out of the comparison stands in `NOT_COMPARED` of `normal.ts`.
 */
const streams = path.join(import.meta.dirname, '../../../../test/streams/recorded');

const recorded = (name: string): NormalEvent[] =>
  normalize(readEvents(readFileSync(path.join(streams, `${name}.ami`), 'utf8')));

function play(scenario: Scenario, configuration: 'older' | 'shipped at first' | 'shipped'): NormalEvent[] {
  const house = createHouse('lab', undefined, configuration);
  scenario(house);
  house.advance(60_000);
  const heard =
    configuration === 'older' ? house.events : house.events.filter(({ name }) => !HELD_BACK.has(name));
  return normalize(readEvents(heard.map(({ text }) => text).join('')));
}

test.each(Object.entries(SCENARIOS))('%s is played as it was recorded', (name, scenario) => {
  expect(compare(recorded(name), play(scenario, 'older'))).toEqual([]);
});

describe('with the shipped configuration, as the session that listens hears it', () => {
  test.each(Object.entries(SHIPPED_AT_FIRST))('%s is played as it was recorded', (name, scenario) => {
    expect(compare(recorded(name), play(scenario, 'shipped at first'))).toEqual([]);
  });

  test.each(Object.entries({ ...SHIPPED, ...MORE_SHIPPED }))(
    '%s is played as it was recorded',
    (name, scenario) => {
      expect(compare(recorded(name), play(scenario, 'shipped'))).toEqual([]);
    },
  );
});

describe('the comparison sees', () => {
  const answered = recorded('answered');
  const at = (name: string): number => answered.findIndex((event) => event.name === name);

  test('the recording itself as equal', () => {
    expect(answered.length).toBeGreaterThan(40);
    expect(compare(answered, recorded('answered'))).toEqual([]);
  });

  test.each(answered.map((event, i) => [event.name, i] as const))('that %s (%i) is missing', (_name, i) => {
    expect(compare(answered, answered.toSpliced(i, 1))).not.toEqual([]);
    expect(compare(answered.toSpliced(i, 1), answered)).not.toEqual([]);
  });

  test.each([
    ['AgentCalled', 'DialBegin'],
    ['DialEnd', 'QueueCallerLeave'],
    ['QueueCallerLeave', 'AgentConnect'],
    ['AgentConnect', 'BridgeEnter'],
    ['Newchannel', 'QueueCallerJoin'],
    ['HangupRequest', 'AgentComplete'],
    ['BridgeCreate', 'BridgeEnter'],
  ])('that %s and %s changed places', (before, after) => {
    const swapped = [...answered];
    const [one, two] = [answered[at(before)], answered[at(after)]];
    if (one === undefined || two === undefined) throw new Error('not in the recording');
    swapped[at(before)] = two;
    swapped[at(after)] = one;
    expect(compare(answered, swapped)).not.toEqual([]);
  });

  test('another value, another field, other seconds', () => {
    const changed = (from: string | RegExp, to: string) =>
      answered.map((event) => ({ ...event, text: event.text.replace(from, to) }));
    expect(compare(answered, changed('Position: 1', 'Position: 2'))).not.toEqual([]);
    expect(compare(answered, changed('MemberName:', 'Membername:'))).not.toEqual([]);
    expect(compare(answered, changed(/Exten: sales\n/, ''))).not.toEqual([]);
    const later = answered.map((event) => ({
      ...event,
      seconds: new Map([...event.seconds].map(([key, value]) => [key, value + 2])),
    }));
    expect(compare(answered, later)).not.toEqual([]);
  });

  test('a race as no difference', () => {
    const raced = [...answered];
    const [complete] = raced.splice(at('AgentComplete'), 1);
    if (complete === undefined) throw new Error('not in the recording');
    expect(compare(answered, [...raced, complete])).toEqual([]);
  });
});
