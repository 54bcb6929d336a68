import { Long } from 'bson';
import { firstBatchSize } from '../cursors.ts';
import { CommandFailure, notImplemented } from '../failure.ts';
import { explainQuery } from '../query/explain.ts';
import { countMatches, find, findRequest, type Match } from '../query/find.ts';
import { withLet } from '../query/matcher.ts';
import { pathOf, reach } from '../query/paths.ts';
import { createProjection, type Projection } from '../query/projection.ts';
import { sortFields } from '../query/sort.ts';
import { decodePlain, decodeTyped, encode } from '../values/codec.ts';
import { compareValues } from '../values/compare.ts';
import { listOf } from '../values/document.ts';
import { encodeKey } from '../values/key-encoding.ts';
import { isBsonNumber, toDouble } from '../values/number.ts';
import { explainAggregate } from './aggregate.ts';
import { type Call, type Command, countField, docField, refuseOptions, textField } from './command.ts';

const notHere = {
  collation: 'a collation',
  tailable: 'a tailable cursor',
  returnKey: 'returnKey',
  showRecordId: 'showRecordId',
  min: 'min',
  max: 'max',
};

/** Bytes of a match as the client wants them: as they are stored, or with the projection applied. */
export function present({ record }: Match, projection: Projection | undefined): Uint8Array {
  if (projection === undefined) return record.bytes;
  return encode(
    projection.apply(projection.computes ? decodePlain(record.bytes) : decodeTyped(record.bytes)),
  );
}

function* presented(matches: Iterable<Match>, projection: Projection | undefined): Generator<Uint8Array> {
  for (const match of matches) yield present(match, projection);
}

/** A filter, sort, skip, limit and hint as `find` and its relatives give them. */
export function requestOf(call: Call, filterField: string) {
  refuseOptions(call, notHere);
  const sort = docField(call, 'sort');
  return findRequest(withLet(docField(call, filterField), docField(call, 'let')), {
    sort: '$natural' in sort ? [] : sortFields(sort),
    skip: countField(call, 'skip', 0),
    limit: Math.abs(limitOf(call)),
    hint: call.body['hint'] ?? ('$natural' in sort ? sort : undefined),
  });
}

function limitOf(call: Call): number {
  const value = call.body['limit'];
  return isBsonNumber(value) ? toDouble(value) : 0;
}

const findCommand: Command = (call, { store, cursors }) => {
  const name = textField(call, 'find');
  const request = requestOf(call, 'filter');
  const projection = createProjection(docField(call, 'projection'), request.matcher.filter);
  const collection = store.catalog.find(call.db, name);
  const matches = collection === undefined ? [] : find(store, collection, request);
  return cursors.first(`${call.db}.${name}`, presented(matches, projection), {
    batchSize: countField(call, 'batchSize', firstBatchSize),
    single: call.body['singleBatch'] === true || limitOf(call) < 0,
  });
};

/** A cursor's id as the client gives it back. */
function cursorId(value: unknown): bigint {
  if (value instanceof Long) return value.toBigInt();
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  throw new CommandFailure('TypeMismatch', 'A cursor id has to be a 64-bit integer');
}

const getMore: Command = (call, { cursors }) =>
  cursors.next(
    cursorId(call.body['getMore']),
    `${call.db}.${textField(call, 'collection')}`,
    countField(call, 'batchSize', 0),
  );

const killCursors: Command = (call, { cursors }) => {
  const ids = listOf(call.body['cursors']).map(cursorId);
  const killed = ids.filter((id) => cursors.kill(id));
  const as64 = (list: readonly bigint[]) => list.map((id) => Long.fromBigInt(id));
  return {
    cursorsKilled: as64(killed),
    cursorsNotFound: as64(ids.filter((id) => !killed.includes(id))),
    cursorsAlive: [],
    cursorsUnknown: [],
  };
};

const count: Command = (call, { store }) => {
  const collection = store.catalog.find(call.db, textField(call, 'count'));
  const request = requestOf(call, 'query');
  return { n: collection === undefined ? 0 : countMatches(store, collection, request) };
};

const distinct: Command = (call, { store }) => {
  const collection = store.catalog.find(call.db, textField(call, 'distinct'));
  const path = pathOf(textField(call, 'key'));
  const request = requestOf(call, 'query');
  if (collection === undefined) return { values: [] };
  return { values: distinctValues(find(store, collection, request), path) };
};

/** The values that the path reaches, an array's elements in its place; of equal ones the first. */
function distinctValues(matches: Iterable<Match>, path: readonly string[]): unknown[] {
  const found = new Map<string, unknown>();
  for (const { record } of matches) {
    for (const value of reach(decodeTyped(record.bytes), path).flat()) {
      if (value === undefined) continue;
      const key = encodeKey(value).toString('latin1');
      if (!found.has(key)) found.set(key, value);
    }
  }
  return [...found.values()].sort(compareValues);
}

const explain: Command = (call, { store }) => {
  const inner = docField(call, 'explain');
  const name = Object.keys(inner)[0] ?? '';
  const explained: Call = { ...call, name, body: inner };
  const of = { command: inner, serverInfo: { version: 'ringdesk-embedded-store' } };
  if (name === 'aggregate') return { ...explainAggregate(store, explained), ...of };
  if (name !== 'find' && name !== 'count' && name !== 'distinct')
    throw notImplemented(`explain of '${name}'`);
  const filterField = name === 'find' ? 'filter' : 'query';
  const query = {
    db: call.db,
    name: textField(explained, name),
    filter: docField(explained, filterField),
    request: requestOf(explained, filterField),
  };
  return { explainVersion: '1', ...explainQuery(store, query), ...of };
};

export const readCommands: Readonly<Record<string, Command>> = {
  find: findCommand,
  getMore,
  killCursors,
  count,
  distinct,
  explain,
};
