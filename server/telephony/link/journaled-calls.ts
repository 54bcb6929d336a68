import { AmiMessage } from '../ami/index.ts';
import { exportState } from '../calls/index.ts';
import { frame } from '../journal/index.ts';
import { createFeed } from './feed.ts';
import type { LinkOptions } from './options.ts';

type Options = Pick<LinkOptions, 'pbx' | 'state' | 'journal' | 'onEvents' | 'onSegment' | 'log'>;

/** The calls of one PBX with their journal: first the journal, then the calls, so that what was shown to anybody is in the journal. */
export class JournaledCalls {
  private readonly options: Options;
  private readonly feed: ReturnType<typeof createFeed>;
  private readonly pbxNow: () => number;

  /** @param pbxNow the PBX's clock, ms since the epoch: messages of ours are in its time, as its events are */
  constructor(options: Options, pbxNow: () => number) {
    this.options = options;
    this.feed = createFeed(options.state);
    this.pbxNow = pbxNow;
  }

  /** Appends a batch with one write, then processes it. Never throws. */
  take(batch: readonly AmiMessage[]): void {
    const { pbx, journal, onEvents, log } = this.options;
    journal.append(
      batch.length === 1 && batch[0] !== undefined
        ? batch[0].bytes
        : Buffer.concat(batch.map(({ bytes }) => bytes)),
    );
    for (const message of batch) {
      try {
        const events = this.feed(message);
        if (events.length > 0) onEvents(events);
      } catch (error) {
        // One event that the model cannot digest must not stop the others; the journal has it for the bug report.
        log.error(
          { err: error, event: message.event, pbx: pbx.name },
          'An event could not be processed; it stands in the journal.',
        );
      }
    }
  }

  /** A message of ours, for `take`. */
  own(event: string, fields: Readonly<Record<string, string>>): AmiMessage {
    return AmiMessage.fromText(frame(event, { ...fields, At: String(this.pbxNow()) }).toString());
  }

  /** Begins a segment with the state of the calls. @returns false when that failed, and the old one goes on */
  rotate(): boolean {
    const { journal, state, onSegment } = this.options;
    const begun = journal.rotate(exportState(state));
    onSegment(journal.segment);
    return begun;
  }
}
