import type { Document } from 'mongodb';
import { useEngine } from './engine.ts';

const engine = useEngine();

async function evaluate(doc: Document, expression: unknown): Promise<unknown> {
  const collection = await engine.filled([{ _id: 1, ...doc }]);
  const [found] = await collection.aggregate([{ $project: { result: expression } }]).toArray();
  return found?.['result'];
}

const at = new Date('2026-03-29T01:30:45.678Z');

describe('parts of a date', () => {
  it.each([
    ['$year', 2026],
    ['$month', 3],
    ['$dayOfMonth', 29],
    ['$hour', 1],
    ['$minute', 30],
    ['$second', 45],
    ['$millisecond', 678],
    ['$dayOfWeek', 1],
    ['$isoDayOfWeek', 7],
    ['$dayOfYear', 88],
    ['$week', 13],
    ['$isoWeek', 13],
    ['$isoWeekYear', 2026],
  ])('%s', async (operator, expected) => {
    expect(Number(await evaluate({ at }, { [operator]: '$at' }))).toBe(expected);
    expect(await evaluate({}, { [operator]: '$at' })).toBeNull();
  });

  it.each([
    ['Europe/Moscow', 4],
    ['America/New_York', 21],
    ['Europe/Berlin', 3],
    ['+05:30', 7],
    ['-0800', 17],
    ['UTC', 1],
  ])('the hour in %s', async (timezone, expected) => {
    expect(await evaluate({ at }, { $hour: { date: '$at', timezone } })).toBe(expected);
  });

  it('$isoWeekYear and $isoWeek around the new year', async () => {
    const day = new Date('2027-01-01T12:00:00Z');
    expect(Number(await evaluate({ day }, { $isoWeek: '$day' }))).toBe(53);
    expect(Number(await evaluate({ day }, { $isoWeekYear: '$day' }))).toBe(2026);
    expect(Number(await evaluate({ day }, { $week: '$day' }))).toBe(0);
  });

  it('$dateToParts', async () => {
    expect(await evaluate({ at }, { $dateToParts: { date: '$at', timezone: 'Europe/Moscow' } })).toEqual({
      year: 2026,
      month: 3,
      day: 29,
      hour: 4,
      minute: 30,
      second: 45,
      millisecond: 678,
    });
  });
});

describe('$dateToString', () => {
  it.each([
    ['%Y-%m-%d', undefined, '2026-03-29'],
    ['%Y-%m-%dT%H:%M:%S.%LZ', undefined, '2026-03-29T01:30:45.678Z'],
    ['%H:%M', 'Europe/Moscow', '04:30'],
    ['%Y-%m-%d %H', 'America/Los_Angeles', '2026-03-28 18'],
    ['%d/%m/%Y', '+14:00', '29/03/2026'],
    ['%j %U %V %G %u %w', undefined, '088 13 13 2026 7 1'],
    ['%H%z', 'Asia/Kolkata', '07+0530'],
    ['100%%', undefined, '100%'],
  ])('%s in %s', async (format, timezone, expected) => {
    expect(
      await evaluate(
        { at },
        { $dateToString: { date: '$at', format, ...(timezone === undefined ? {} : { timezone }) } },
      ),
    ).toBe(expected);
  });

  it('without a format is ISO 8601', async () => {
    expect(await evaluate({ at }, { $dateToString: { date: '$at' } })).toBe('2026-03-29T01:30:45.678Z');
  });

  it.each([
    ['$dateToString', { date: '$at', format: '%H' }],
    ['$hour', { date: '$at' }],
    ['$dateTrunc', { date: '$at', unit: 'day' }],
    ['$dateAdd', { startDate: '$at', unit: 'day', amount: 1 }],
    ['$dateDiff', { startDate: '$at', endDate: '$at', unit: 'day' }],
    ['$dateToParts', { date: '$at' }],
  ])('and %s without a time zone that is asked for is null', async (operator, spec) => {
    expect(await evaluate({ at }, { [operator]: { ...spec, timezone: '$none' } })).toBeNull();
  });

  it('of a missing date', async () => {
    expect(await evaluate({}, { $dateToString: { date: '$at', format: '%Y' } })).toBeNull();
    expect(await evaluate({}, { $dateToString: { date: '$at', format: '%Y', onNull: 'never' } })).toBe(
      'never',
    );
  });
});

describe('$dateTrunc', () => {
  it.each([
    ['hour', {}, '2026-03-29T01:00:00.000Z'],
    ['minute', { binSize: 15 }, '2026-03-29T01:30:00.000Z'],
    ['hour', { binSize: 6 }, '2026-03-29T00:00:00.000Z'],
    ['day', {}, '2026-03-29T00:00:00.000Z'],
    ['day', { timezone: 'Europe/Moscow' }, '2026-03-28T21:00:00.000Z'],
    // The clocks of Berlin go forward that night: the day begins at UTC+1.
    ['day', { timezone: 'Europe/Berlin' }, '2026-03-28T23:00:00.000Z'],
    ['day', { timezone: 'America/New_York' }, '2026-03-28T04:00:00.000Z'],
    ['hour', { timezone: 'Asia/Kolkata' }, '2026-03-29T01:30:00.000Z'],
    ['week', {}, '2026-03-29T00:00:00.000Z'],
    ['week', { startOfWeek: 'monday' }, '2026-03-23T00:00:00.000Z'],
    ['week', { startOfWeek: 'mon', timezone: 'Europe/Moscow' }, '2026-03-22T21:00:00.000Z'],
    ['month', {}, '2026-03-01T00:00:00.000Z'],
    ['month', { timezone: 'Europe/Moscow' }, '2026-02-28T21:00:00.000Z'],
    ['quarter', {}, '2026-01-01T00:00:00.000Z'],
    ['year', {}, '2026-01-01T00:00:00.000Z'],
  ])('%s %j', async (unit, options, expected) => {
    expect(await evaluate({ at }, { $dateTrunc: { date: '$at', unit, ...options } })).toEqual(
      new Date(expected),
    );
  });

  it('groups a day of calls by half hours in a time zone', async () => {
    const minutes = [0, 10, 29, 30, 31, 59, 60];
    const collection = await engine.filled(
      minutes.map((minute) => ({ at: new Date(Date.UTC(2026, 5, 1, 9, minute)) })),
    );
    const found = await collection
      .aggregate([
        {
          $group: {
            _id: { $dateTrunc: { date: '$at', unit: 'minute', binSize: 30, timezone: 'Europe/Moscow' } },
            n: { $sum: 1 },
          },
        },
        { $sort: { _id: 1 } },
      ])
      .toArray();
    expect(found).toEqual([
      { _id: new Date('2026-06-01T09:00:00Z'), n: 3 },
      { _id: new Date('2026-06-01T09:30:00Z'), n: 3 },
      { _id: new Date('2026-06-01T10:00:00Z'), n: 1 },
    ]);
  });
});

describe('calculating with dates', () => {
  it.each([
    ['month', 1, new Date('2026-01-31T10:00:00Z'), {}, '2026-02-28T10:00:00.000Z'],
    ['month', -1, new Date('2026-03-31T10:00:00Z'), {}, '2026-02-28T10:00:00.000Z'],
    ['year', 1, new Date('2028-02-29T00:00:00Z'), {}, '2029-02-28T00:00:00.000Z'],
    ['hour', 3, at, {}, '2026-03-29T04:30:45.678Z'],
    ['day', 1, new Date('2026-03-28T11:00:00Z'), { timezone: 'Europe/Berlin' }, '2026-03-29T10:00:00.000Z'],
    ['week', 2, new Date('2026-03-01T00:00:00Z'), {}, '2026-03-15T00:00:00.000Z'],
    ['quarter', 1, new Date('2026-11-30T00:00:00Z'), {}, '2027-02-28T00:00:00.000Z'],
  ])('$dateAdd %s %s', async (unit, amount, date, options, expected) => {
    expect(await evaluate({ date }, { $dateAdd: { startDate: '$date', unit, amount, ...options } })).toEqual(
      new Date(expected),
    );
    expect(
      await evaluate({ date }, { $dateSubtract: { startDate: '$date', unit, amount: -amount, ...options } }),
    ).toEqual(new Date(expected));
  });

  it.each([
    ['day', '2026-03-01T23:59:59Z', '2026-03-02T00:00:01Z', {}, 1],
    ['hour', '2026-03-01T10:59:00Z', '2026-03-01T12:01:00Z', {}, 2],
    ['month', '2026-01-31T00:00:00Z', '2026-02-01T00:00:00Z', {}, 1],
    ['quarter', '2026-03-31T00:00:00Z', '2026-04-01T00:00:00Z', {}, 1],
    ['year', '2025-12-31T00:00:00Z', '2026-01-01T00:00:00Z', {}, 1],
    ['day', '2026-03-01T22:00:00Z', '2026-03-01T20:00:00Z', {}, 0],
    ['day', '2026-03-01T20:00:00Z', '2026-03-01T22:00:00Z', { timezone: 'Europe/Moscow' }, 1],
    ['week', '2026-03-28T00:00:00Z', '2026-03-29T00:00:00Z', {}, 1],
    ['week', '2026-03-28T00:00:00Z', '2026-03-29T00:00:00Z', { startOfWeek: 'monday' }, 0],
    ['millisecond', '2026-03-01T00:00:00.000Z', '2026-03-01T00:00:01.500Z', {}, 1500],
  ])('$dateDiff %s from %s to %s %j', async (unit, start, end, options, expected) => {
    const doc = { start: new Date(start), end: new Date(end) };
    expect(
      Number(await evaluate(doc, { $dateDiff: { startDate: '$start', endDate: '$end', unit, ...options } })),
    ).toBe(expected);
  });

  it('$subtract gives milliseconds', async () => {
    expect(
      Number(await evaluate({ a: new Date(5000), b: new Date(3000) }, { $subtract: ['$a', '$b'] })),
    ).toBe(2000);
    expect(await evaluate({ a: new Date(5000) }, { $subtract: ['$a', 1000] })).toEqual(new Date(4000));
    expect(await evaluate({ a: new Date(5000) }, { $add: ['$a', 1000] })).toEqual(new Date(6000));
  });

  it.each([
    [{ year: 2026, month: 3, day: 29, hour: 4, timezone: 'Europe/Moscow' }, '2026-03-29T01:00:00.000Z'],
    [{ year: 2026 }, '2026-01-01T00:00:00.000Z'],
    [{ isoWeekYear: 2026, isoWeek: 53, isoDayOfWeek: 5 }, '2027-01-01T00:00:00.000Z'],
    [{ year: 2026, month: 14, day: 1 }, '2027-02-01T00:00:00.000Z'],
  ])('$dateFromParts %j', async (parts, expected) => {
    expect(await evaluate({}, { $dateFromParts: parts })).toEqual(new Date(expected));
  });

  it.each([
    [{ dateString: '2026-03-29T04:30:00Z' }, '2026-03-29T04:30:00.000Z'],
    [{ dateString: '2026-03-29T04:30:00', timezone: 'Europe/Moscow' }, '2026-03-29T01:30:00.000Z'],
    [{ dateString: '29.03.2026', format: '%d.%m.%Y' }, '2026-03-29T00:00:00.000Z'],
    [{ dateString: '2026-03-29' }, '2026-03-29T00:00:00.000Z'],
  ])('$dateFromString %j', async (options, expected) => {
    expect(await evaluate({}, { $dateFromString: options })).toEqual(new Date(expected));
  });

  it('$dateFromString with onError and onNull', async () => {
    expect(await evaluate({ a: 'soon' }, { $dateFromString: { dateString: '$a', onError: 'no date' } })).toBe(
      'no date',
    );
    expect(await evaluate({}, { $dateFromString: { dateString: '$a', onNull: 'none' } })).toBe('none');
  });
});
