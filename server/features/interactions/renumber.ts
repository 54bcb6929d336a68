import { identityDigits } from '@ringdesk/shared/phone-text';
import { z } from 'zod';
import { defineJob, type Jobs } from '../../platform/jobs/index.ts';
import type { Store } from '../../platform/store/index.ts';
import { type InteractionDocument, interactionsName, numbering } from './stored.ts';

/** The number in E.164 that was delivered or dialled as `raw` on a PBX; null when it is none. */
export type ReadNumber = (raw: string, pbx: string | null) => string | null;

/** Records that are read in one step. */
const readAtOnce = 200;

/**
 * Reads the numbers of records of earlier releases anew: a contact under a number that was made up (`+98916…` of `9` and `8916…`) stands under the right one
 * then, and is found with its customer's. It may be cut off anywhere and run again.
 */
export async function renumber(store: Store, read: ReadNumber, signal: AbortSignal): Promise<void> {
  const collection = store.collection<InteractionDocument>(interactionsName);
  const old = { record: { $exists: true }, numbering: { $ne: numbering } };
  for (;;) {
    const documents = await collection.find(old).limit(readAtOnce).toArray();
    if (documents.length === 0 || signal.aborted) return;
    await collection.bulkWrite(
      documents.map(({ _id, record }) => {
        const raw = record?.numberRaw ?? null;
        const number =
          raw === null ? (record?.number ?? null) : (read(raw, record?.pbx ?? null) ?? identityDigits(raw));
        // What the telephony wrote meanwhile was read by today's rules.
        return {
          updateOne: {
            filter: { _id, numbering: { $ne: numbering } },
            update: { $set: { number, 'record.number': number, numbering } },
          },
        };
      }),
      { ordered: false },
    );
  }
}

/** Work on contacts that may wait. */
export function interactionJobs({
  store,
  jobs,
  toE164,
}: {
  store: Store;
  jobs: Jobs;
  toE164: ReadNumber;
}): void {
  const renumbered = defineJob({
    name: 'interactions.renumber',
    payload: z.object({}),
    run: (_payload, { signal }) => renumber(store, toE164, signal),
  });
  jobs.register(renumbered);
  // After an update of the program there may be records of older rules; else it has nothing to do.
  store.prepare({
    name: 'numbers of contacts',
    run: async () => {
      await jobs.later(renumbered, {}, { key: 'numbers' });
    },
  });
}
