import type { Store } from '../store/index.ts';
import { eventsAfter, type LoggedEvent, newestSeq } from './dispatcher.ts';

/** Who reads the log. `run` may get an event again after a crash: it must do no harm the second time. */
export interface Consumer {
  /** Unique and for ever: the place where it stands is kept under it. */
  name: string;
  /** Entities of interest, e.g. `['customer']`; all when left out. */
  entities?: readonly string[];
  run(event: LoggedEvent): Promise<void> | void;
}

/** Where a consumer stands: all events up to `seq` are done. */
interface Cursor {
  _id: string;
  seq: number;
}

const readAtOnce = 100;

/** Gives a consumer all events that are new to it, in order. A consumer that is itself new begins at the end of the log. */
export async function advance(store: Store, consumer: Consumer): Promise<void> {
  const cursors = store.collection<Cursor>('eventCursors');
  const stand = (seq: number) =>
    cursors.updateOne({ _id: consumer.name }, { $set: { seq } }, { upsert: true });
  const kept = await cursors.findOne({ _id: consumer.name });
  let seq = kept?.seq ?? (await newestSeq(store));
  if (kept === null) await stand(seq);
  for (;;) {
    const events = await eventsAfter(store, seq, readAtOnce);
    for (const event of events) {
      if (consumer.entities === undefined || consumer.entities.includes(event.entity.kind))
        await consumer.run(event);
      seq = event.seq;
    }
    if (events.length > 0) await stand(seq);
    if (events.length < readAtOnce) return;
  }
}
