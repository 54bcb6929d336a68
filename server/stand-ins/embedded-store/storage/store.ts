import { CommandFailure } from '../failure.ts';
import { type Catalog, type Collection, createCatalog } from './catalog.ts';
import type { Environment, KeyRange } from './environment.ts';
import { Records } from './records.ts';
import { createWriteQueue, type WriteQueue } from './write-queue.ts';

/** Everything that commands work on. */
export type Store = {
  readonly catalog: Catalog;
  readonly records: Records;
  readonly write: WriteQueue;
  /** Entries of index ranges, counted up to `most`. */
  readonly countEntries: (ranges: readonly KeyRange[], most: number) => number;
  /** The collection, made when it is not there yet: only inside of a write. */
  readonly collectionForWrite: (db: string, name: string) => Collection;
};

/** Refuses names that MongoDB refuses. */
export function assertNamespace(db: string, name: string): void {
  if (name === '' || name.includes('$') || name.includes('\0') || name.startsWith('.')) {
    throw new CommandFailure('InvalidNamespace', `Invalid namespace specified '${db}.${name}'`);
  }
  if (!/^[^/\\. "$*<>:|?\0]{1,63}$/u.test(db)) {
    throw new CommandFailure('InvalidNamespace', `Invalid namespace specified '${db}.${name}'`);
  }
  if (Buffer.byteLength(`${db}.${name}`) > 255) {
    throw new CommandFailure(
      'InvalidNamespace',
      `Fully qualified namespace is too long. Namespace: ${db}.${name} Max: 255`,
    );
  }
}

export function createStore(env: Environment): Store {
  const catalog = createCatalog(env);
  const records = new Records(env, catalog);
  const write = createWriteQueue({ transaction: env.transaction, undone: catalog.reload });
  return {
    catalog,
    records,
    write,
    countEntries(ranges, most) {
      let counted = 0;
      for (const { start, end } of ranges) {
        if (counted >= most) break;
        counted += env.entries.getKeysCount({ start, end, limit: most - counted });
      }
      return counted;
    },
    collectionForWrite(db, name) {
      const found = catalog.find(db, name);
      if (found !== undefined) return found;
      assertNamespace(db, name);
      return catalog.create(db, name, {});
    },
  };
}
