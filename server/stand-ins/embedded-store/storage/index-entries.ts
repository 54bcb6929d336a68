import { CommandFailure } from '../failure.ts';
import { keysAt, reach } from '../query/paths.ts';
import type { Doc } from '../values/document.ts';
import { encodeKey, invert } from '../values/key-encoding.ts';
import type { Index } from './index-definition.ts';

/** LMDB holds keys of up to 1,978 bytes; ids, separator and record id take 13 of them. */
export const longestKey = 1900;

export type Entry = { readonly encoded: Buffer; readonly values: readonly unknown[] };
export type Entries = {
  readonly list: readonly Entry[];
  readonly multikey: boolean;
  readonly truncated: boolean;
};

const none: Entries = { list: [], multikey: false, truncated: false };

function isIndexed(index: Index, doc: Doc): boolean {
  if (index.partial !== undefined && !index.partial.test(doc)) return false;
  if (!index.sparse) return true;
  return index.fields.some((field) => reach(doc, field.path).some((value) => value !== undefined));
}

/** Bytes of a field's value in the direction in which the index keeps it. */
export function encodeField(value: unknown, direction: 1 | -1): Buffer {
  return direction === 1 ? encodeKey(value) : invert(encodeKey(value));
}

/** Entries of one document in one index: one, or one for each combination of the elements of its arrays. */
export function entriesOf(index: Index, doc: Doc): Entries {
  if (!isIndexed(index, doc)) return none;
  let combinations: { parts: Buffer[]; values: unknown[] }[] = [{ parts: [], values: [] }];
  let arrayField: string | undefined;
  for (const field of index.fields) {
    const { keys, multi } = keysAt(doc, field.path);
    if (multi) {
      const root = field.path[0];
      if (arrayField !== undefined && arrayField !== root) {
        throw new CommandFailure(
          'CannotIndexParallelArrays',
          `cannot index parallel arrays [${field.name}] [${arrayField}]`,
        );
      }
      arrayField = root;
    }
    combinations = combinations.flatMap(({ parts, values }) =>
      keys.map((key) => ({
        parts: [...parts, encodeField(key, field.direction)],
        values: [...values, key],
      })),
    );
  }
  return distinctEntries(combinations, arrayField !== undefined);
}

function distinctEntries(
  combinations: readonly { parts: Buffer[]; values: unknown[] }[],
  multikey: boolean,
): Entries {
  const found = new Map<string, Entry>();
  let truncated = false;
  for (const { parts, values } of combinations) {
    const whole = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
    if (whole.length > longestKey) truncated = true;
    const encoded = whole.subarray(0, longestKey);
    if (combinations.length === 1) return { list: [{ encoded, values }], multikey, truncated };
    found.set(encoded.toString('latin1'), { encoded, values });
  }
  return { list: [...found.values()], multikey, truncated };
}
