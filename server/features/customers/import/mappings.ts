import { createHash } from 'node:crypto';
import { type ImportField, importField } from '@ringdesk/shared/customer-import';
import { comparable } from '../../../platform/search/words.ts';
import type { Store } from '../../../platform/store/index.ts';

/** What somebody said the columns of such a file hold. `_id` is made of the column names: who exports again has the same ones. */
interface StoredMapping {
  _id: string;
  fields: (string | null)[];
  at: Date;
}

export type Mapping = (ImportField | null)[];

/** What was said of columns by hand, for the next file with the same line of column names, whoever imports it. */
export interface Mappings {
  find(headers: readonly string[]): Promise<Mapping | null>;
  keep(headers: readonly string[], fields: Mapping): Promise<void>;
  forget(headers: readonly string[]): Promise<void>;
}

export function createMappings(store: Store, now: () => Date): Mappings {
  const all = () => store.collection<StoredMapping>('importMappings');
  return {
    async find(headers) {
      const stored = await all().findOne({ _id: keyOf(headers) });
      return (
        stored?.fields.map((field) => {
          const known = importField.safeParse(field);
          return known.success ? known.data : null;
        }) ?? null
      );
    },
    async keep(headers, fields) {
      await all().updateOne({ _id: keyOf(headers) }, { $set: { fields, at: now() } }, { upsert: true });
    },
    async forget(headers) {
      await all().deleteOne({ _id: keyOf(headers) });
    },
  };
}

function keyOf(headers: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify(headers.map(comparable)))
    .digest('hex');
}
