import type { Store } from '../../platform/store/index.ts';
import type { DraftRecord } from './state.ts';

interface DraftDocument {
  _id: string;
  record: DraftRecord;
  /** Set when it is only a memory of a finished wrap-up; such a document goes after a day. */
  settledAt?: Date;
}

const name = 'desk_drafts';
const settledKeptS = 24 * 3600;

/** The open cards of all agents, and for a day those that are done. */
export interface DraftStore {
  /** All that is kept; the caller parses it. @throws Refusal `store-unavailable`, or the driver's error */
  load(): Promise<unknown[]>;
  /** Replaces what is kept of these cards, one record of each. @throws as `load`; save all of them again then */
  save(records: readonly DraftRecord[]): Promise<void>;
}

export function createDraftStore(store: Store): DraftStore {
  store.index(name, [{ key: { settledAt: 1 }, name: 'settled', expireAfterSeconds: settledKeptS }]);
  return {
    async load() {
      const documents = await store.collection<DraftDocument>(name).find().toArray();
      return documents.map((document) => document.record);
    },
    async save(records) {
      const operations = records.map((record) => ({
        replaceOne: {
          filter: { _id: record.id },
          replacement: {
            record,
            ...(record.settled === null ? {} : { settledAt: new Date(record.settled.at) }),
          },
          upsert: true,
        },
      }));
      await store.collection<DraftDocument>(name).bulkWrite(operations, { ordered: false });
    },
  };
}
