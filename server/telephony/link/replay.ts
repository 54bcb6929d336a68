import type { CallEvent } from '@ringdesk/shared/call-events';
import { type AmiMessage, readRecording } from '../ami/index.ts';
import {
  applySnapshot,
  type CallModelOptions,
  type CallState,
  createCallState,
  importState,
  linkDown,
} from '../calls/index.ts';
import { stateEvent } from '../journal/index.ts';
import { createFeed } from './feed.ts';

/** What one message of a recording did. `at` is ms since 1970, null before the recording tells a time. */
export interface Replayed {
  at: number | null;
  events: readonly CallEvent[];
}

/**
 * The calls with which a segment begins. Those that another version of this program wrote down cannot be read; then what was open is told by
 * the next snapshot.
 */
function stateOf(head: AmiMessage, options: CallModelOptions): CallState {
  try {
    return importState(JSON.parse(head.get('State') ?? 'null'), options);
  } catch (error) {
    if (error instanceof RangeError) return createCallState(options);
    throw error;
  }
}

/**
 * Feeds a recorded AMI stream or a segment of a journal through the call model, as it was lived. A journal's segment begins with the calls
 * that were open; any other recording begins with none.
 * @param pace waits until the given time of the recording (ms since 1970) is due; absent: as fast as it goes
 * @returns the calls as they stand at the end
 * @throws when the file cannot be read or is damaged, with its path
 */
export async function* replayFile(
  path: string,
  options: CallModelOptions,
  pace?: (at: number) => Promise<void>,
): AsyncGenerator<Replayed, CallState> {
  let state = createCallState(options);
  let feed = createFeed(state);
  for await (const item of readRecording(path)) {
    if (item.at !== null) await pace?.(item.at);
    if (item.kind === 'mark') continue;
    if (item.message.event === stateEvent) {
      state = stateOf(item.message, options);
      feed = createFeed(state);
      yield { at: item.at, events: [] };
      continue;
    }
    yield { at: item.at, events: feed(item.message, item.at) };
  }
  return state;
}

/** The recording is over and the link with it: the calls that were still open end as `unknown`. */
export function endOfRecording(state: CallState, at: number): CallEvent[] {
  linkDown(state, at);
  return applySnapshot(state, { at, channels: [], entries: [], members: [] });
}
