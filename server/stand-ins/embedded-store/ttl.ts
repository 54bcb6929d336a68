import { find, findRequest } from './query/find.ts';
import type { Collection } from './storage/catalog.ts';
import type { Index } from './storage/index-definition.ts';
import type { Store } from './storage/store.ts';

/** Documents removed in one transaction, so that a long sweep does not hold other writes up. */
const sweepBatch = 1000;

/** A document expires when the date, or the earliest date of an array, is older than the index allows. */
function expired(store: Store, collection: Collection, index: Index, now: Date) {
  const field = index.fields[0];
  if (field === undefined || index.expireAfterSeconds === undefined) return [];
  const before = new Date(now.getTime() - index.expireAfterSeconds * 1000);
  const request = findRequest({ [field.name]: { $lt: before } }, { limit: sweepBatch, hint: index.name });
  return [...find(store, collection, request)];
}

/** Removes what has expired by the TTL indexes of all collections. Gives how many documents went. */
export async function sweepExpired(store: Store, now: Date): Promise<number> {
  let removed = 0;
  for (const { db, name } of [...store.catalog.all()]) {
    for (;;) {
      const gone = await store.write(() => {
        const collection = store.catalog.find(db, name);
        if (collection === undefined) return 0;
        const matches = collection.indexes.flatMap((index) => expired(store, collection, index, now));
        const unique = new Map(matches.map(({ record }) => [record.id, record]));
        for (const record of unique.values()) store.records.remove(collection, record);
        return unique.size;
      });
      removed += gone;
      if (gone < sweepBatch) break;
    }
  }
  return removed;
}
