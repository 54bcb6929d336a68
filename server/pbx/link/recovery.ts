import type { Interaction } from '@ringdesk/shared/interaction';
import { type CallModelOptions, type CallState, createCallState } from '../calls/index.ts';
import type { Journal } from '../journal/index.ts';
import { replayFile } from './replay.ts';

/** What ended in one segment of a journal, and the calls as they stood at its end. */
interface Recovered {
  segment: number;
  state: CallState;
  ended: Interaction[];
}

async function* segments(journal: Journal, options: CallModelOptions): AsyncGenerator<Recovered> {
  for (const { file, segment } of journal.toRecover()) {
    const replay = replayFile(file, options);
    const ended: Interaction[] = [];
    for (let next = await replay.next(); ; next = await replay.next()) {
      if (next.done === true) {
        yield { segment, state: next.value, ended };
        break;
      }
      for (const event of next.value.events)
        if (event.type === 'interaction.ended') ended.push(event.interaction);
    }
  }
}

/**
 * After a start: the calls as they stood when the journal ends, and all interactions that ended in it and may not be written yet.
 * @throws when a segment cannot be read, with its path
 */
export async function recoverCalls(
  journal: Journal,
  options: CallModelOptions,
): Promise<{ state: CallState; ended: { interaction: Interaction; segment: number }[] }> {
  let state = createCallState(options);
  const all: { interaction: Interaction; segment: number }[] = [];
  for await (const { segment, state: atEnd, ended } of segments(journal, options)) {
    state = atEnd;
    for (const interaction of ended) all.push({ interaction, segment });
  }
  return { state, ended: all };
}

/** What ended in the segments that may hold something unwritten, segment by segment. */
export async function* rereadEnded(
  journal: Journal,
  options: CallModelOptions,
): AsyncGenerator<readonly Interaction[]> {
  for await (const { ended } of segments(journal, options)) yield ended;
}
