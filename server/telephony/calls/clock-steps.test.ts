import { answers, asks, customer, hangsUp, joins, rings, tell, up } from './testing/story.ts';

/** A call of a minute: 10 s of waiting, 5 s of ringing, 45 s of talk. `back` is by how much the PBX's clock is set back before each part, ms. */
function record(back: { waiting?: number; ringing?: number; talk?: number; end?: number }) {
  const began = 10_000_000;
  let off = 0;
  const at = (ms: number, by = 0) => {
    off += by;
    return began + ms - off;
  };
  const waits = [customer(at(0), 'c'), up(at(0), 'c')];
  const joined = joins(at(0, back.waiting), 'c');
  const rung = rings(at(10_000, back.ringing), 'c', 'p', '1001');
  const talk = answers(at(15_000, back.talk), 'c', 'p', '1001');
  const end = [asks(at(60_000, back.end), 'c'), hangsUp(at(60_000), 'c'), hangsUp(at(60_000), 'p')];
  const { records } = tell([...waits, joined, ...rung, ...talk, ...end]);
  const [only] = records;
  if (only === undefined) throw new Error('no record');
  return only;
}

const hour = 3_600_000;
const whole = record({});

test.each([
  ['while it rings', { talk: hour }, { ringMs: 0, talkMs: 45_000 }],
  ['while they talk', { end: hour }, { ringMs: 5_000, talkMs: 0 }],
  ['while the caller waits', { ringing: hour }, { ringMs: 5_000, talkMs: 45_000 }],
  ['twice', { ringing: hour, end: hour }, { ringMs: 5_000, talkMs: 0 }],
])(
  'the clock of the PBX is set back %s: nothing ends before it began, and the record says so',
  (_, back, leg) => {
    const told = record(back);
    const times = [told.startedAt, told.legs[0]?.offeredAt, told.answeredAt, told.endedAt];
    expect(times).toEqual([...times].sort());
    expect(told.legs[0]).toMatchObject(leg);
    expect(told).toMatchObject({ confidence: 'estimated', outcome: whole.outcome, end: whole.end });
  },
);

test('milliseconds out of order are no step of the clock', () => {
  expect(record({ talk: 900 })).toMatchObject({
    confidence: 'live',
    legs: [{ ringMs: 4_100, talkMs: 45_000 }],
  });
});

test('the next call has the time of the clock as it is then', () => {
  const { records } = tell([
    customer(10_000_000, 'c'),
    hangsUp(6_000_000, 'c'),
    customer(6_100_000, 'd'),
    hangsUp(6_105_000, 'd'),
  ]);
  expect(records[1]).toMatchObject({
    startedAt: new Date(6_100_000).toISOString(),
    endedAt: new Date(6_105_000).toISOString(),
    confidence: 'live',
  });
});
