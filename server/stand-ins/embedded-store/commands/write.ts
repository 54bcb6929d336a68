import { CommandFailure } from '../failure.ts';
import { withLet } from '../query/matcher.ts';
import type { Collection } from '../storage/catalog.ts';
import { decodePlain } from '../values/codec.ts';
import { type Doc, docOf } from '../values/document.ts';
import { isBsonNumber, toDouble } from '../values/number.ts';
import { type Call, type Command, docField, rawList, textField } from './command.ts';
import { insertDocument, refuseCollation, runDelete, runUpdate, updateStatement } from './statements.ts';

/** How a failed operation of a list is told: by its place in the list. */
export function writeError(failure: CommandFailure, index: number): Doc {
  return { index, code: failure.code, ...failure.details, errmsg: failure.message };
}

/** Runs operations one after the other; an ordered list ends at its first error, an unordered one goes on. */
function runEach(
  items: readonly Buffer[],
  ordered: boolean,
  run: (item: Buffer, index: number) => void,
): Doc[] {
  const errors: Doc[] = [];
  for (const [index, item] of items.entries()) {
    try {
      run(item, index);
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      errors.push(writeError(error, index));
      if (ordered) break;
    }
  }
  return errors;
}

function isOrdered(call: Call): boolean {
  return call.body['ordered'] !== false;
}

const maxBatch = 100_000;

function batch(call: Call, field: string): readonly Buffer[] {
  const items = rawList(call, field);
  if (items.length === 0 || items.length > maxBatch) {
    throw new CommandFailure(
      16,
      `Write batch sizes must be between 1 and ${maxBatch}. Got ${items.length} operations.`,
    );
  }
  return items;
}

function told(fields: Doc, errors: readonly Doc[]): Doc {
  return errors.length === 0 ? fields : { ...fields, writeErrors: errors };
}

const insert: Command = (call, { store }) => {
  const name = textField(call, 'insert');
  const documents = batch(call, 'documents');
  return store.write(() => {
    const collection = store.collectionForWrite(call.db, name);
    let n = 0;
    const errors = runEach(documents, isOrdered(call), (raw) => {
      insertDocument(store, collection, raw);
      n += 1;
    });
    return told({ n }, errors);
  });
};

const update: Command = (call, { store, now }) => {
  const name = textField(call, 'update');
  const statements = batch(call, 'updates');
  const variables = docField(call, 'let');
  return store.write(() => {
    // Nothing can match in a collection that is not there: it is made only for an upsert.
    let collection = store.catalog.find(call.db, name);
    let n = 0;
    let nModified = 0;
    const upserted: Doc[] = [];
    const errors = runEach(statements, isOrdered(call), (raw, index) => {
      const statement = updateStatement(raw, { filter: 'q', update: 'u' }, variables);
      if (collection === undefined && !statement.upsert) return;
      collection ??= store.collectionForWrite(call.db, name);
      const result = runUpdate(store, collection, statement, now());
      n += result.matched + (result.upserted === undefined ? 0 : 1);
      nModified += result.modified;
      if (result.upserted !== undefined) upserted.push({ index, _id: result.upserted.id });
    });
    return told({ n, nModified, ...(upserted.length === 0 ? {} : { upserted }) }, errors);
  });
};

/** A delete's `limit`: 0 for all that match, 1 for one. */
function limitOf(statement: Doc): number {
  const value = statement['limit'];
  const limit = isBsonNumber(value) ? toDouble(value) : Number.NaN;
  if (limit === 0 || limit === 1) return limit;
  throw new CommandFailure(
    'FailedToParse',
    `The limit field in delete objects must be 0 or 1. Got ${String(value)}`,
  );
}

const deleteCommand: Command = (call, { store }) => {
  const name = textField(call, 'delete');
  const statements = batch(call, 'deletes');
  const variables = docField(call, 'let');
  return store.write(() => {
    const collection: Collection | undefined = store.catalog.find(call.db, name);
    let n = 0;
    const errors = runEach(statements, isOrdered(call), (raw) => {
      const statement = decodePlain(raw);
      refuseCollation(statement);
      const limit = limitOf(statement);
      if (collection === undefined) return;
      const filter = withLet(docOf(statement['q']), variables);
      const target = { filter, sort: {}, hint: statement['hint'] };
      n += runDelete(store, collection, target, limit).deleted;
    });
    return told({ n }, errors);
  });
};

export const writeCommands: Readonly<Record<string, Command>> = { insert, update, delete: deleteCommand };
