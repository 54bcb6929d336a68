import type { Interaction } from '@ringdesk/shared/interaction';
import { readRecording } from '../ami/index.ts';
import { type CallOptions, type CallState, createCallState, importState } from '../calls/index.ts';
import { type Journal, stateEvent } from '../journal/index.ts';
import { createFeed } from './feed.ts';

/** What happened in one segment of a journal, and the calls as they stood at its end. */
interface Replayed {
  segment: number;
  state: CallState;
  ended: Interaction[];
}

/** Replays segments one after the other. Each begins with the state of the calls, so that the first may be any. */
async function* replay(journal: Journal, options: CallOptions): AsyncGenerator<Replayed> {
  for (const { file, segment } of journal.toRecover()) {
    let state = createCallState(options);
    let feed = createFeed(state);
    const ended: Interaction[] = [];
    for await (const item of readRecording(file)) {
      if (item.kind !== 'message') continue;
      if (item.message.event === stateEvent) {
        state = importState(JSON.parse(item.message.get('State') ?? 'null'), options);
        feed = createFeed(state);
        continue;
      }
      for (const event of feed(item.message))
        if (event.type === 'interaction.ended') ended.push(event.interaction);
    }
    yield { segment, state, ended };
  }
}

/**
 * After a start: the calls as they stood when the journal ends, and all interactions that ended in it and may not be written yet.
 * @throws when a segment cannot be read, with its path
 */
export async function recoverCalls(
  journal: Journal,
  options: CallOptions,
): Promise<{ state: CallState; ended: { interaction: Interaction; segment: number }[] }> {
  let state = createCallState(options);
  const all: { interaction: Interaction; segment: number }[] = [];
  for await (const { segment, state: atEnd, ended } of replay(journal, options)) {
    state = atEnd;
    for (const interaction of ended) all.push({ interaction, segment });
  }
  return { state, ended: all };
}

/** What ended in the segments that may hold something unwritten, segment by segment. */
export async function* rereadEnded(
  journal: Journal,
  options: CallOptions,
): AsyncGenerator<readonly Interaction[]> {
  for await (const { ended } of replay(journal, options)) yield ended;
}
