import { indexPhones, type PhoneFacts } from './phone-facts.ts';
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
    phoneFacts: mapped(data.phoneFacts),
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
    phoneFacts: factsFrom(rest.phoneFacts),
  };
  indexPhones(state);
  return state;
}

type Pairs<M> = M extends Map<infer K, infer V> ? [K, V][] : never;
type MapsAsPairs<T> = { [K in keyof T]: T[K] extends Map<unknown, unknown> ? Pairs<T[K]> : T[K] };
interface Exported extends Omit<MapsAsPairs<Data>, 'channels' | 'calls' | 'phoneFacts'> {
  version: number;
  channels: Channel[];
  calls: Call[];
  /** Absent from files of earlier days. */
  phoneFacts?: MapsAsPairs<PhoneFacts>;
}

function mapped(facts: PhoneFacts): MapsAsPairs<PhoneFacts> {
  return {
    owners: [...facts.owners],
    hints: [...facts.hints],
    endpoints: [...facts.endpoints],
    seen: [...facts.seen],
    contexts: [...facts.contexts],
  };
}

function factsFrom(saved: MapsAsPairs<PhoneFacts> | undefined): PhoneFacts {
  return {
    owners: new Map(saved?.owners),
    hints: new Map(saved?.hints),
    endpoints: new Map(saved?.endpoints),
    seen: new Map(saved?.seen),
    contexts: new Map(saved?.contexts),
  };
}

function isExport(json: unknown): json is Exported {
  return typeof json === 'object' && json !== null && 'version' in json && json.version === VERSION;
}

/** A copy, so that the state does not share its parts with what was handed in. */
function structured(json: Exported): Exported {
  return structuredClone(json);
}
