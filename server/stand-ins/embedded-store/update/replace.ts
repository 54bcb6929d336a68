import { CommandFailure } from '../failure.ts';
import { equalValues } from '../values/compare.ts';
import { type Doc, isDoc } from '../values/document.ts';
import { typeName } from '../values/kind.ts';
import { show } from '../values/show.ts';

/** The document that a replacement makes of another one: `_id` stays, and stands first. */
export function replacement(old: Doc, next: Doc): Doc {
  if ('_id' in next && old['_id'] !== undefined && !equalValues(next['_id'], old['_id'])) {
    throw new CommandFailure(
      'ImmutableField',
      `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${show(next['_id'])}`,
    );
  }
  const { _id: own, ...fields } = next;
  const id = old['_id'] ?? own;
  return id === undefined ? fields : { _id: id, ...fields };
}

/** Refuses an `_id` that cannot be one: an array, a regular expression, undefined, or a document with operators. */
export function assertId(id: unknown): void {
  const type = typeName(id);
  if (type === 'array' || type === 'regex' || type === 'missing') {
    throw new CommandFailure('InvalidIdField', `The '_id' value cannot be of type ${type}`);
  }
  if (isDoc(id) && Object.keys(id).some((name) => name.startsWith('$'))) {
    throw new CommandFailure(
      'DollarPrefixedFieldName',
      `_id fields may not contain '$'-prefixed fields: ${Object.keys(id)[0]} is not valid for storage.`,
    );
  }
}
