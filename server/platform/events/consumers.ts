import type { Store } from '../store/index.ts';
import { eventsAfter, type LoggedEvent, newestSeq } from './dispatcher.ts';

/** Who reads the log. `run` may get an event again after a crash: it must do no harm the second time. */
export interface Consumer {
  /** Unique and for ever: the place where it stands is kept under it. */
  name: string;
  /** Entities of interest, e.g. `['customer']`; all when left out. */
  entities?: readonly string[];
  /**
   * `kept`: one place for all servers, which a restart does not lose. `process`: each process hears what happens from its start on, e.g. to
   * show it on open pages.
   */
  place: 'kept' | 'process';
  run(event: LoggedEvent): Promise<void> | void;
  /** Takes many at once, in order, instead of one by one. */
  runAll?(events: readonly LoggedEvent[]): Promise<void>;
}

/** Where a consumer stands: all events up to `seq` are done. null: nowhere yet. */
interface Place {
  read(): Promise<number | null>;
  keep(seq: number): Promise<void>;
}

interface Cursor {
  _id: string;
  seq: number;
}

const readAtOnce = 100;

export function placeOf(store: Store, { name, place }: Consumer): Place {
  if (place === 'process') {
    let stands: number | null = null;
    return {
      read: () => Promise.resolve(stands),
      keep(seq) {
        stands = seq;
        return Promise.resolve();
      },
    };
  }
  const cursors = () => store.collection<Cursor>('eventCursors');
  return {
    read: async () => (await cursors().findOne({ _id: name }))?.seq ?? null,
    async keep(seq) {
      await cursors().updateOne({ _id: name }, { $set: { seq } }, { upsert: true });
    },
  };
}

/** Gives a consumer all events that are new to it, in order. A consumer that is itself new begins at the end of the log. */
export async function advance(store: Store, consumer: Consumer, place: Place): Promise<void> {
  const kept = await place.read();
  let seq = kept ?? (await newestSeq(store));
  if (kept === null) await place.keep(seq);
  for (;;) {
    const events = await eventsAfter(store, seq, readAtOnce);
    const wanted = events.filter(({ entity }) => consumer.entities?.includes(entity.kind) ?? true);
    if (consumer.runAll === undefined) for (const event of wanted) await consumer.run(event);
    else if (wanted.length > 0) await consumer.runAll(wanted);
    seq = events.at(-1)?.seq ?? seq;
    if (events.length > 0) await place.keep(seq);
    if (events.length < readAtOnce) return;
  }
}
