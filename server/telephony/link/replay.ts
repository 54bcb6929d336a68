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
import { createHeadReader, stateEvent } from '../journal/index.ts';
import { createFeed } from './feed.ts';

/** What one message of a recording did. `at` is ms since 1970, null before the recording tells a time. */
export interface Replayed {
  at: number | null;
  events: readonly CallEvent[];
}

export interface ReplayOptions {
  /** Waits until the given time of the recording (ms since 1970) is due; absent: as fast as it goes. */
  pace?(at: number): Promise<void>;
  /** The calls with which to begin where the recording does not tell them. */
  from?: CallState;
  /** Told of what was left out because it is not as it was written. */
  onDamage?(why: string): void;
}

/** The calls with which a segment begins; null when its head cannot be read. */
function stateOf(state: string, options: CallModelOptions): CallState | null {
  try {
    return importState(JSON.parse(state), options);
  } catch {
    return null;
  }
}

/**
 * Feeds a recorded AMI stream or a segment of a journal through the call model, as it was lived. A journal's segment begins with the calls
 * that were open; any other recording begins with none. A head that is damaged, or of another version of this program, is left out: then what
 * was open is told by the segment before, or by the next snapshot.
 * @returns the calls as they stand at the end
 * @throws when the file cannot be read or is damaged, with its path
 */
export async function* replayFile(
  path: string,
  options: CallModelOptions,
  { pace, from, onDamage }: ReplayOptions = {},
): AsyncGenerator<Replayed, CallState> {
  let state = from ?? createCallState(options);
  const readHead = createHeadReader();
  let feed = createFeed(state);
  for await (const item of readRecording(path)) {
    if (item.at !== null) await pace?.(item.at);
    if (item.kind === 'mark') continue;
    if (item.message.event === stateEvent) {
      const head = readHead(item.message);
      const told = head.kind === 'whole' ? stateOf(head.state, options) : null;
      if (told !== null) state = told;
      else if (head.kind === 'damaged') onDamage?.(`the calls with which it begins: ${head.why}`);
      feed = createFeed(state);
      yield { at: item.at, events: [] };
      continue;
    }
    yield { at: item.at, events: digest(feed, item.message, item.at, onDamage) };
  }
  return state;
}

/** One message that the model cannot digest must not stop the others. */
function digest(
  feed: ReturnType<typeof createFeed>,
  message: AmiMessage,
  at: number | null,
  onDamage: ReplayOptions['onDamage'],
): readonly CallEvent[] {
  if (onDamage === undefined) return feed(message, at);
  try {
    return feed(message, at);
  } catch (error) {
    onDamage(`the event ${message.event}: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

/** The recording is over and the link with it: the calls that were still open end as `unknown`. */
export function endOfRecording(state: CallState, at: number): CallEvent[] {
  linkDown(state, at);
  return applySnapshot(state, { at, channels: [], entries: [], members: [] });
}
