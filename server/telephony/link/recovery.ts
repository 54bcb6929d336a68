import type { Interaction } from '@ringdesk/shared/interaction';
import { type CallModelOptions, type CallState, createCallState, linkDown } from '../calls/index.ts';
import type { Journal } from '../journal/index.ts';
import { replayFile } from './replay.ts';

/** What ended in one segment of a journal, and the calls as they stood at its end. */
interface Recovered {
  segment: number;
  state: CallState;
  ended: Interaction[];
  /** The last time that the PBX told in it (ms since 1970), or null. */
  lastAt: number | null;
}

/** Segment after segment, each from the calls with which the one before ended where its own head cannot be read. */
async function* segments(journal: Journal, options: CallModelOptions): AsyncGenerator<Recovered> {
  let state = createCallState(options);
  for (const { file, segment } of journal.toRecover()) {
    const read = { segment, state, ended: [], lastAt: null };
    const damage = await readSegment(file, options, read);
    if (damage !== null) journal.putAside(segment, damage);
    state = read.state;
    yield read;
  }
}

/** Reads what can be read of a segment into `into`. @returns the first that could not, or null */
async function readSegment(file: string, options: CallModelOptions, into: Recovered): Promise<string | null> {
  let damage: string | null = null;
  const replay = replayFile(file, options, {
    from: into.state,
    onDamage: (why) => {
      damage ??= why;
    },
  });
  try {
    for (let next = await replay.next(); ; next = await replay.next()) {
      if (next.done === true) {
        into.state = next.value;
        return damage;
      }
      into.lastAt = next.value.at ?? into.lastAt;
      for (const event of next.value.events)
        if (event.type === 'interaction.ended') into.ended.push(event.interaction);
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * After a start: the calls as they stood when the journal ends, and all interactions that ended in it and may not be written yet. A segment that
 * is damaged is put aside, with all that could be read of it used.
 */
export async function recoverCalls(
  journal: Journal,
  options: CallModelOptions,
): Promise<{ state: CallState; ended: { interaction: Interaction; segment: number }[] }> {
  let state = createCallState(options);
  const all: { interaction: Interaction; segment: number }[] = [];
  let lastAt: number | null = null;
  for await (const { segment, state: atEnd, ended, lastAt: told } of segments(journal, options)) {
    state = atEnd;
    lastAt = told ?? lastAt;
    for (const interaction of ended) all.push({ interaction, segment });
  }
  // Whoever was killed could not write down that the link was lost: what ended since then must not end at the return, hours later.
  if (lastAt !== null) linkDown(state, lastAt);
  return { state, ended: all };
}

/** What ended in the segments that may hold something unwritten, segment by segment. */
export async function* rereadEnded(
  journal: Journal,
  options: CallModelOptions,
): AsyncGenerator<readonly Interaction[]> {
  for await (const { ended } of segments(journal, options)) yield ended;
}
