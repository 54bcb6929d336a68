import { ObjectId } from 'bson';
import { CommandFailure, notImplemented } from '../failure.ts';
import { find, findRequest, type Match } from '../query/find.ts';
import { mentions, withLet } from '../query/matcher.ts';
import { sortFields } from '../query/sort.ts';
import type { Collection } from '../storage/catalog.ts';
import type { Store } from '../storage/store.ts';
import { createModifier, type Modifier } from '../update/modifier.ts';
import { assertId } from '../update/replace.ts';
import { upsertBase } from '../update/upsert.ts';
import { assertDocumentSize, decodePlain, decodeTyped, encodeStored } from '../values/codec.ts';
import { type Doc, docOf, listOf } from '../values/document.ts';
import { documentOf, elementOf, rawElements } from '../values/raw.ts';
import { isSimpleCollation } from './command.ts';

/** Stores a document as it came, its `_id` made when it is missing and put first. Gives its `_id`. */
export function insertDocument(store: Store, collection: Collection, raw: Buffer): unknown {
  const bytes = withIdFirst(raw);
  assertDocumentSize(bytes.length);
  const doc = decodePlain(bytes);
  assertId(doc['_id']);
  store.records.insert(collection, bytes, doc);
  return doc['_id'];
}

function withIdFirst(raw: Buffer): Buffer {
  const elements = [...rawElements(raw)];
  if (elements[0]?.name === '_id') return raw;
  const own = elements.find((element) => element.name === '_id');
  const id =
    own === undefined
      ? elementOf(7, '_id', Buffer.from(new ObjectId().id))
      : raw.subarray(own.start, own.end);
  const others = elements
    .filter((element) => element !== own)
    .map((element) => raw.subarray(element.start, element.end));
  return documentOf([id, ...others]);
}

export type UpdateStatement = {
  readonly filter: Doc;
  /** The filter with the types of its values: an upsert stores them. */
  readonly typedFilter: () => Doc;
  readonly modifier: Modifier;
  readonly multi: boolean;
  readonly upsert: boolean;
  readonly sort: Doc;
  readonly hint: unknown;
};

/** Reads an update as it stands in `update` and `findAndModify`, where its fields have different names. `variables` are those of the command's `let`. */
export function updateStatement(
  raw: Buffer,
  names: { readonly filter: string; readonly update: string },
  variables: Doc,
): UpdateStatement {
  const elements = [...rawElements(raw)];
  const update = elements.find((element) => element.name === names.update);
  const others = elements.filter((element) => element !== update);
  const plain = decodePlain(documentOf(others.map(({ start, end }) => raw.subarray(start, end))));
  refuseCollation(plain);
  const filter = withLet(docOf(plain[names.filter]), variables);
  // The update alone is decoded with its types: they are what is stored.
  const typed = update === undefined ? {} : decodeTyped(documentOf([raw.subarray(update.start, update.end)]));
  const modifier = createModifier(typed[names.update], {
    arrayFilters: listOf(plain['arrayFilters']),
    filter,
    variables: { ...variables, ...docOf(plain['c']) },
  });
  const upsert = plain['upsert'] === true;
  if (upsert && mentions(filter, '$expr')) {
    throw new CommandFailure(
      'QueryFeatureNotAllowed',
      '$expr is not allowed in the query predicate for an upsert',
    );
  }
  const multi = plain['multi'] === true;
  if (multi && modifier.kind === 'replacement') {
    throw new CommandFailure('FailedToParse', 'multi update is not supported for replacement-style update');
  }
  return {
    filter,
    typedFilter: () => docOf(decodeTyped(raw)[names.filter]),
    modifier,
    multi,
    upsert,
    sort: docOf(plain['sort']),
    hint: plain['hint'],
  };
}

export function refuseCollation(statement: Doc): void {
  if (statement['collation'] === undefined || isSimpleCollation(statement['collation'])) return;
  throw notImplemented('a collation');
}

export type Updated = {
  readonly matched: number;
  readonly modified: number;
  /** `_id` of the inserted document, with the BSON type that it was given. */
  readonly upserted: { readonly id: unknown } | undefined;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
};

/** The documents a write is for; found before the first of them changes, so that none is met twice. */
export function writeTargets(
  store: Store,
  collection: Collection,
  statement: { readonly filter: Doc; readonly sort: Doc; readonly hint: unknown },
  limit: number,
): Match[] {
  const request = findRequest(statement.filter, {
    limit,
    sort: sortFields(statement.sort),
    hint: statement.hint,
  });
  return [...find(store, collection, request)];
}

export function runUpdate(
  store: Store,
  collection: Collection,
  statement: UpdateStatement,
  now: Date,
): Updated {
  const targets = writeTargets(store, collection, statement, statement.multi ? 0 : 1);
  if (targets.length === 0)
    return statement.upsert ? insertUpserted(store, collection, statement, now) : nothing;
  let modified = 0;
  let after: Uint8Array | undefined;
  for (const { record, doc } of targets) {
    const next = statement.modifier.apply(decodeTyped(record.bytes), { inserting: false, now });
    const bytes = encodeStored(next);
    after = bytes;
    if (record.bytes.equals(bytes)) continue;
    store.records.replace(collection, { ...record, doc }, bytes, next);
    modified += 1;
  }
  return { matched: targets.length, modified, upserted: undefined, before: targets[0]?.record.bytes, after };
}

const nothing: Updated = {
  matched: 0,
  modified: 0,
  upserted: undefined,
  before: undefined,
  after: undefined,
};

function insertUpserted(
  store: Store,
  collection: Collection,
  statement: UpdateStatement,
  now: Date,
): Updated {
  const base = upsertBase(statement.typedFilter(), statement.modifier.kind === 'replacement');
  const made = statement.modifier.apply(base, { inserting: true, now });
  const { _id: own, ...fields } = made;
  const id = own === undefined ? new ObjectId() : own;
  assertId(id);
  const doc = { _id: id, ...fields };
  const bytes = encodeStored(doc);
  store.records.insert(collection, bytes, doc);
  return { ...nothing, upserted: { id }, after: bytes };
}

export function runDelete(
  store: Store,
  collection: Collection,
  statement: { readonly filter: Doc; readonly sort: Doc; readonly hint: unknown },
  limit: number,
): { deleted: number; first: Uint8Array | undefined } {
  const targets = writeTargets(store, collection, statement, limit);
  for (const { record } of targets) store.records.remove(collection, record);
  return { deleted: targets.length, first: targets[0]?.record.bytes };
}
