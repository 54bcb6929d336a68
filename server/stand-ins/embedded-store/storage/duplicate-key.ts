import { CommandFailure } from '../failure.ts';
import { show } from '../values/show.ts';
import type { Collection } from './catalog.ts';
import type { Index } from './index-definition.ts';

/** E11000 with the message, `keyPattern` and `keyValue` that MongoDB gives. */
export function duplicateKey(
  collection: Collection,
  index: Index,
  values: readonly unknown[],
): CommandFailure {
  const keyValue = Object.fromEntries(
    index.fields.map((field, at) => {
      const value = values[at];
      return [field.name, typeof value === 'symbol' || value === undefined ? null : value];
    }),
  );
  return new CommandFailure(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${collection.db}.${collection.name} index: ${index.name} dup key: ${show(keyValue)}`,
    { keyPattern: index.key, keyValue },
  );
}
