import type { Interaction } from '@ringdesk/shared/interaction';
import type { Collection, Filter } from 'mongodb';
import type { Store } from '../../platform/store/index.ts';
import { type InteractionDocument, interactionOf } from './stored.ts';

/** A contact that was written since it was counted. */
export interface Uncounted {
  id: string;
  /** Of this writing. */
  token: string;
  /** The hours in which it was counted before; null: it never was. */
  hours: readonly number[] | null;
  /** null while only what people said of it is there. */
  interaction: Interaction | null;
}

/** Contacts as whoever counts them needs them. All of it throws Refusal `store-unavailable`. Hours are whole ones since the epoch. */
export class Countable {
  readonly #collection: () => Collection<InteractionDocument>;

  constructor(store: Store, collection: () => Collection<InteractionDocument>) {
    this.#collection = collection;
    store.index('interactions', [
      { key: { uncounted: 1 }, name: 'uncounted', sparse: true },
      { key: { hours: 1 }, name: 'hours', sparse: true },
    ]);
    // What was written before there were statistics is counted once.
    store.prepare({
      name: 'statistics of earlier contacts',
      run: async () => {
        await collection().updateMany(
          { hours: { $exists: false }, uncounted: { $exists: false } },
          { $set: { uncounted: 'earlier' } },
        );
      },
    });
  }

  async uncounted(limit: number): Promise<Uncounted[]> {
    const found = await this.#collection()
      .find({ uncounted: { $gt: '' } })
      .limit(limit)
      .toArray();
    return found.map((document) => ({
      id: document._id,
      token: document.uncounted ?? '',
      hours: document.hours ?? null,
      interaction: interactionOf(document),
    }));
  }

  /** Says where they are counted; to be said before they are. */
  async place(placed: readonly { id: string; hours: readonly number[] }[]): Promise<void> {
    if (placed.length > 0)
      await this.#collection().bulkWrite(
        placed.map(({ id, hours }) => ({
          updateOne: { filter: { _id: id }, update: { $set: { hours: [...hours] } } },
        })),
        { ordered: false },
      );
  }

  /** They are counted as they were when they were read; what was written meanwhile is counted again. */
  async counted(done: readonly { id: string; token: string }[]): Promise<void> {
    if (done.length > 0)
      await this.#collection().bulkWrite(
        done.map(({ id, token }) => ({
          updateOne: { filter: { _id: id, uncounted: token }, update: { $unset: { uncounted: '' } } },
        })),
        { ordered: false },
      );
  }

  /** All that is counted between two hours, in no order. @param to is not in it */
  inHours(from: number, to: number): AsyncGenerator<Interaction> {
    return this.#found({ hours: { $elemMatch: { $gte: from, $lt: to } } });
  }

  /** All that is counted in any of these hours, in no order. */
  inTheseHours(hours: readonly number[]): AsyncGenerator<Interaction> {
    return this.#found({ hours: { $in: [...hours] } });
  }

  async *#found(filter: Filter<InteractionDocument>): AsyncGenerator<Interaction> {
    for await (const document of this.#collection().find(filter)) {
      const interaction = interactionOf(document);
      if (interaction !== null) yield interaction;
    }
  }
}
