import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { brokenLine, compareApart, takeApart } from './at-once.ts';
import { createHouse } from './house.ts';
import { AT_ONCE } from './load.ts';
import { NOT_COMPARED, type RecordedEvent, readEvents } from './normal.ts';

/** Many calls at once, compared with their recording call by call. */
const streams = path.join(import.meta.dirname, '../../../../test/streams/recorded');
const read = (name: string): RecordedEvent[] =>
  readEvents(gunzipSync(readFileSync(path.join(streams, `${name}.ami.gz`))).toString());

test.each(Object.entries(AT_ONCE))(
  '%s is played as it was recorded: the same calls, rung in the same order, on the same phones',
  (name, scenario) => {
    const house = createHouse('lab');
    scenario(house);
    house.advance(60_000);
    const played = readEvents(house.events.map(({ text }) => text).join(''));
    expect(compareApart(read(name), played)).toEqual([]);
    expect(brokenLine(played, 'load')).toEqual([]);
  },
);

const recorded = read('load-small');

test('the recorded queue keeps the rules of a line, and every event of it is compared', () => {
  expect(brokenLine(recorded, 'load')).toEqual([]);
  const parts = takeApart(recorded);
  expect([...parts.keys()].filter((part) => part.startsWith('call '))).toHaveLength(50);
  expect([...parts.keys()].filter((part) => part.startsWith('device '))).toHaveLength(24);
  const lamps = recorded.filter(({ headers }) => headers.some(([, value]) => value.startsWith('Queue:')));
  const compared = [...parts.values()].reduce((sum, part) => sum + part.length, 0);
  const silent = recorded.filter(({ name }) => NOT_COMPARED.has(name));
  expect(compared + lamps.length + silent.length).toBe(recorded.length);
});

describe('the comparison sees', () => {
  const at = (name: string): number => recorded.findIndex((event, i) => i > 200 && event.name === name);
  const changed = (name: string, key: string, value: string): RecordedEvent[] =>
    recorded.map((event, i) =>
      i === at(name)
        ? {
            ...event,
            headers: event.headers.map(([k, v]): [string, string] => [k, k === key ? value : v]),
          }
        : event,
    );

  test('the recording itself as equal, and two calls in another order of words, too', () => {
    expect(compareApart(recorded, recorded)).toEqual([]);
    const parts = [...takeApart(recorded).values()];
    expect(compareApart(recorded, parts.flat())).toEqual([]);
  });

  test.each(['AgentConnect', 'Hangup', 'BridgeDestroy', 'QueueMemberStatus', 'DeviceStateChange'])(
    'that one %s is missing',
    (name) => {
      expect(compareApart(recorded, recorded.toSpliced(at(name), 1))).not.toEqual([]);
    },
  );

  test('a call on another phone, another state', () => {
    expect(compareApart(recorded, changed('AgentCalled', 'Interface', 'PJSIP/3022'))).toHaveLength(2);
    expect(compareApart(recorded, changed('QueueMemberStatus', 'Status', '5'))).toHaveLength(2);
  });

  test('a wrong place, a wrong count, a lamp that is off', () => {
    expect(brokenLine(changed('QueueCallerJoin', 'Position', '7'), 'load')).toHaveLength(1);
    expect(brokenLine(changed('QueueCallerLeave', 'Count', '7'), 'load')).toHaveLength(1);
    expect(brokenLine(recorded.toSpliced(at('QueueCallerLeave'), 1), 'load')).not.toEqual([]);
    const isLamp = ({ headers }: RecordedEvent) => headers.some(([, value]) => value === 'Queue:load');
    expect(
      brokenLine(
        recorded.filter((event) => !isLamp(event)),
        'load',
      ),
    ).not.toEqual([]);
  });
});
