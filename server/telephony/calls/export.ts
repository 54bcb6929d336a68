import { countMembers } from './members.ts';
import type { Call, CallModelOptions, CallState, Channel, Data } from './state.ts';
import { createCallState } from './state.ts';

export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

const VERSION = 3;

/** The whole state as JSON text, to be stored beside the journal's position: in one pass, since calls wait meanwhile. Options are not in it. */
export function exportState(state: CallState): string {
  const { data } = state;
  return JSON.stringify({
    ...data,
    version: VERSION,
    channels: [...data.channels.values()],
    calls: [...data.calls.values()],
    keys: [...data.keys],
    bridges: [...data.bridges],
    phones: [...data.phones],
    waiting: [...data.waiting],
    members: [...data.members],
    devices: [...data.devices],
  });
}

/**
 * The state of which `exportState` gave the text. It is our own file, written by the same version, so its shape is not checked field by field; another
 * version is refused with a RangeError, and the caller starts with a fresh state and a snapshot.
 */
export function importState(json: JsonValue, options: CallModelOptions): CallState {
  const state = createCallState(options);
  if (!isExport(json)) throw new RangeError('the saved state of the calls is of another version');
  const { version: _, channels, calls, ...rest } = structured(json);
  state.data = {
    ...state.data,
    ...rest,
    channels: new Map(channels.map((channel) => [channel.id, channel])),
    calls: new Map(calls.map((call) => [call.id, call])),
    keys: new Map(rest.keys),
    bridges: new Map(rest.bridges),
    phones: new Map(rest.phones),
    waiting: new Map(rest.waiting),
    members: new Map(rest.members),
    devices: new Map(rest.devices),
  };
  countMembers(state);
  return state;
}

type Pairs<M> = M extends Map<infer K, infer V> ? [K, V][] : never;
type MapsAsPairs = { [K in keyof Data]: Data[K] extends Map<unknown, unknown> ? Pairs<Data[K]> : Data[K] };
interface Exported extends Omit<MapsAsPairs, 'channels' | 'calls'> {
  version: number;
  channels: Channel[];
  calls: Call[];
}

function isExport(json: unknown): json is Exported {
  return typeof json === 'object' && json !== null && 'version' in json && json.version === VERSION;
}

/** A copy, so that the state does not share its parts with what was handed in. */
function structured(json: Exported): Exported {
  return structuredClone(json);
}
