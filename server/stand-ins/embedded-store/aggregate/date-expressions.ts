import { ObjectId, Timestamp } from 'bson';
import { evalExpr } from 'mingo/core';
import type { Options } from 'mingo/types';
import { CommandFailure } from '../failure.ts';
import { type Doc, isDoc } from '../values/document.ts';
import { typeName } from '../values/kind.ts';
import { isBsonNumber, toDouble } from '../values/number.ts';
import {
  add,
  assertUnit,
  dayOfYear,
  difference,
  isoDate,
  isoWeek,
  truncate,
  week,
  weekdayOf,
} from './calendar.ts';
import { formatDate, parseDate } from './date-format.ts';
import { isNil } from './evaluate.ts';
import { instantAt, localClock, utcTime, zoneOf } from './time-zone.ts';

type Expression = (doc: unknown, argument: unknown, options: Options) => unknown;

/** True when something that was asked for has no value: then there is no result either. */
const lacks = (given: Doc, ...names: readonly string[]) =>
  names.some((name) => name in given && isNil(given[name]));

function instantOf(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  if (value instanceof ObjectId) return value.getTimestamp().getTime();
  if (value instanceof Timestamp) return value.t * 1000;
  throw new CommandFailure(16006, `can't convert from BSON type ${typeName(value)} to Date`);
}

function numberOf(value: unknown, operator: string, name: string): number {
  const number = isBsonNumber(value) ? toDouble(value) : Number.NaN;
  if (!Number.isInteger(number)) {
    throw new CommandFailure(
      40515,
      `${operator} requires '${name}' to evaluate to an integer, found ${typeName(value)}`,
    );
  }
  return number;
}

/** Arguments of an operator that takes a document; a field that it does not know is an error. */
function argumentsOf(
  doc: unknown,
  argument: unknown,
  options: Options,
  operator: string,
  known: readonly string[],
): Doc {
  if (!isDoc(argument))
    throw new CommandFailure(18629, `${operator} only supports an object as its argument`);
  const unknown = Object.keys(argument).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new CommandFailure(18534, `Unrecognized argument to ${operator}: ${unknown}`);
  return Object.fromEntries(
    Object.entries(argument).map(([name, value]) => [name, evalExpr(doc, value, options)]),
  );
}

/** `$year` and its like: a date, or a date with a time zone. */
function part(read: (local: Date) => number): Expression {
  return (doc, argument, options) => {
    const isSpec = isDoc(argument) && 'date' in argument;
    const only = Array.isArray(argument) && argument.length === 1 ? argument[0] : argument;
    const date = evalExpr(doc, isSpec ? argument['date'] : only, options);
    const timezone = isSpec && 'timezone' in argument ? evalExpr(doc, argument['timezone'], options) : 'UTC';
    if (isNil(date) || isNil(timezone)) return null;
    return read(localClock(instantOf(date), zoneOf(timezone)));
  };
}

const $dateToString: Expression = (doc, argument, options) => {
  const given = argumentsOf(doc, argument, options, '$dateToString', [
    'date',
    'format',
    'timezone',
    'onNull',
  ]);
  if (isNil(given['date'])) return given['onNull'] ?? null;
  if (lacks(given, 'timezone')) return null;
  const { timezone } = given;
  const plain = timezone === undefined || timezone === 'UTC';
  const format = given['format'] ?? (plain ? '%Y-%m-%dT%H:%M:%S.%LZ' : '%Y-%m-%dT%H:%M:%S.%L');
  if (typeof format !== 'string')
    throw new CommandFailure(18533, "$dateToString requires that 'format' be a string");
  return formatDate(instantOf(given['date']), format, zoneOf(timezone));
};

const $dateFromString: Expression = (doc, argument, options) => {
  const given = argumentsOf(doc, argument, options, '$dateFromString', [
    'dateString',
    'format',
    'timezone',
    'onError',
    'onNull',
  ]);
  const { dateString, format } = given;
  if (isNil(dateString)) return given['onNull'] ?? null;
  if (lacks(given, 'timezone', 'format')) return null;
  try {
    if (typeof dateString !== 'string') {
      throw new CommandFailure(
        241,
        `$dateFromString requires that 'dateString' be a string, found: ${typeName(dateString)}`,
      );
    }
    return new Date(
      parseDate(dateString, typeof format === 'string' ? format : undefined, given['timezone']),
    );
  } catch (error) {
    if (error instanceof CommandFailure && error.code === 241 && isDoc(argument) && 'onError' in argument)
      return given['onError'];
    throw error;
  }
};

const $dateTrunc: Expression = (doc, argument, options) => {
  const given = argumentsOf(doc, argument, options, '$dateTrunc', [
    'date',
    'unit',
    'binSize',
    'timezone',
    'startOfWeek',
  ]);
  if (isNil(given['date']) || isNil(given['unit']) || lacks(given, 'binSize', 'timezone')) return null;
  const binSize = given['binSize'] === undefined ? 1 : numberOf(given['binSize'], '$dateTrunc', 'binSize');
  if (binSize <= 0)
    throw new CommandFailure(
      5439018,
      `$dateTrunc requires 'binSize' to be greater than 0, but got value ${binSize}`,
    );
  const unit = assertUnit(given['unit'], '$dateTrunc');
  return new Date(
    truncate(instantOf(given['date']), {
      unit,
      binSize,
      zone: zoneOf(given['timezone']),
      startOfWeek: weekdayOf(given['startOfWeek']),
    }),
  );
};

function moved(operator: string, sign: 1 | -1): Expression {
  return (doc, argument, options) => {
    const given = argumentsOf(doc, argument, options, operator, ['startDate', 'unit', 'amount', 'timezone']);
    if (isNil(given['startDate']) || isNil(given['unit']) || isNil(given['amount'])) return null;
    if (lacks(given, 'timezone')) return null;
    const unit = assertUnit(given['unit'], operator);
    const amount = numberOf(given['amount'], operator, 'amount') * sign;
    return new Date(add(instantOf(given['startDate']), unit, amount, zoneOf(given['timezone'])));
  };
}

const $dateDiff: Expression = (doc, argument, options) => {
  const given = argumentsOf(doc, argument, options, '$dateDiff', [
    'startDate',
    'endDate',
    'unit',
    'timezone',
    'startOfWeek',
  ]);
  if (isNil(given['startDate']) || isNil(given['endDate']) || isNil(given['unit'])) return null;
  if (lacks(given, 'timezone')) return null;
  return difference(
    instantOf(given['startDate']),
    instantOf(given['endDate']),
    assertUnit(given['unit'], '$dateDiff'),
    zoneOf(given['timezone']),
    weekdayOf(given['startOfWeek']),
  );
};

const $dateToParts: Expression = (doc, argument, options) => {
  const given = argumentsOf(doc, argument, options, '$dateToParts', ['date', 'timezone', 'iso8601']);
  if (isNil(given['date']) || lacks(given, 'timezone', 'iso8601')) return null;
  const local = localClock(instantOf(given['date']), zoneOf(given['timezone']));
  const iso = isoWeek(local);
  const day =
    given['iso8601'] === true
      ? { isoWeekYear: iso.year, isoWeek: iso.week, isoDayOfWeek: iso.day }
      : { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() };
  return {
    ...day,
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    millisecond: local.getUTCMilliseconds(),
  };
};

const partNames = [
  'year',
  'month',
  'day',
  'isoWeekYear',
  'isoWeek',
  'isoDayOfWeek',
  'hour',
  'minute',
  'second',
  'millisecond',
];

const $dateFromParts: Expression = (doc, argument, options) => {
  const given = argumentsOf(doc, argument, options, '$dateFromParts', [...partNames, 'timezone']);
  if (Object.values(given).some(isNil)) return null;
  const of = (name: string, otherwise: number) =>
    given[name] === undefined ? otherwise : numberOf(given[name], '$dateFromParts', name);
  const time = {
    hour: of('hour', 0),
    minute: of('minute', 0),
    second: of('second', 0),
    millisecond: of('millisecond', 0),
  };
  const zone = zoneOf(given['timezone']);
  if ('isoWeekYear' in given) {
    const date = isoDate(of('isoWeekYear', 0), of('isoWeek', 1), of('isoDayOfWeek', 1));
    return new Date(instantAt(date + utcTime({ year: 1970, month: 1, day: 1, ...time }), zone));
  }
  if (!('year' in given))
    throw new CommandFailure(40516, "$dateFromParts requires either 'year' or 'isoWeekYear' to be present");
  return new Date(
    instantAt(utcTime({ year: of('year', 0), month: of('month', 1), day: of('day', 1), ...time }), zone),
  );
};

/** Date expressions with time zones as MongoDB has them: they take the place of mingo's. */
export const dateExpressions: Record<`$${string}`, Expression> = {
  $dateToString,
  $dateFromString,
  $dateTrunc,
  $dateAdd: moved('$dateAdd', 1),
  $dateSubtract: moved('$dateSubtract', -1),
  $dateDiff,
  $dateToParts,
  $dateFromParts,
  $year: part((local) => local.getUTCFullYear()),
  $month: part((local) => local.getUTCMonth() + 1),
  $dayOfMonth: part((local) => local.getUTCDate()),
  $dayOfYear: part(dayOfYear),
  $dayOfWeek: part((local) => local.getUTCDay() + 1),
  $isoDayOfWeek: part((local) => isoWeek(local).day),
  $week: part(week),
  $isoWeek: part((local) => isoWeek(local).week),
  $isoWeekYear: part((local) => isoWeek(local).year),
  $hour: part((local) => local.getUTCHours()),
  $minute: part((local) => local.getUTCMinutes()),
  $second: part((local) => local.getUTCSeconds()),
  $millisecond: part((local) => local.getUTCMilliseconds()),
};
