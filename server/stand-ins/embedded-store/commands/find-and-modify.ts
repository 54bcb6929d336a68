import { CommandFailure } from '../failure.ts';
import { withLet } from '../query/matcher.ts';
import { createProjection } from '../query/projection.ts';
import { decodePlain, decodeTyped } from '../values/codec.ts';
import { type Doc, docOf } from '../values/document.ts';
import { type Answer, type Call, type Command, docField, refuseOptions, textField } from './command.ts';
import { runDelete, runUpdate, updateStatement } from './statements.ts';

function value(call: Call, bytes: Uint8Array | undefined, filter: Doc): Doc | null {
  if (bytes === undefined) return null;
  const projection = createProjection(docOf(call.body['fields']), filter);
  if (projection === undefined) return decodeTyped(bytes);
  return projection.apply(projection.computes ? decodePlain(bytes) : decodeTyped(bytes));
}

/** One document found, changed or removed, and given as it was before or, with `new`, as it is after. */
const findAndModify: Command = (call, { store, now }) => {
  const name = textField(call, call.name);
  refuseOptions(call, { collation: 'a collation' });
  const variables = docField(call, 'let');
  const filter = withLet(docField(call, 'query'), variables);
  const target = { filter, sort: docField(call, 'sort'), hint: call.body['hint'] };
  const removes = call.body['remove'] === true;
  const returnsNew = call.body['new'] === true;
  if (removes && (call.body['update'] !== undefined || returnsNew || call.body['upsert'] === true)) {
    throw new CommandFailure(
      'FailedToParse',
      "Cannot specify 'update', 'new' or 'upsert' together with 'remove'",
    );
  }
  if (!removes && call.body['update'] === undefined) {
    throw new CommandFailure('FailedToParse', 'Either an update or remove=true must be specified');
  }
  return store.write((): Answer => {
    const existing = store.catalog.find(call.db, name);
    if (removes) {
      const { deleted, first } =
        existing === undefined ? { deleted: 0, first: undefined } : runDelete(store, existing, target, 1);
      return { lastErrorObject: { n: deleted }, value: value(call, first, filter) };
    }
    const statement = updateStatement(call.raw, { filter: 'query', update: 'update' }, variables);
    if (existing === undefined && !statement.upsert) {
      return { lastErrorObject: { n: 0, updatedExisting: false }, value: null };
    }
    const collection = existing ?? store.collectionForWrite(call.db, name);
    const result = runUpdate(store, collection, { ...statement, multi: false }, now());
    const updatedExisting = result.matched > 0;
    return {
      lastErrorObject: {
        n: result.matched + (result.upserted === undefined ? 0 : 1),
        updatedExisting,
        ...(result.upserted === undefined ? {} : { upserted: result.upserted.id }),
      },
      value: value(call, returnsNew ? result.after : result.before, filter),
    };
  });
};

export const findAndModifyCommands: Readonly<Record<string, Command>> = {
  findAndModify,
  findandmodify: findAndModify,
};
