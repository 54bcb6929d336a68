import type { CallEvent } from '@ringdesk/shared/call-events';
import type { Interaction } from '@ringdesk/shared/interaction';
import {
  applyEvent,
  type CallModelOptions,
  type CallState,
  createCallState,
  type PbxEvent,
} from '../index.ts';

/** Short words for tests that tell a call by hand. A channel is named by its Uniqueid; times are ms. */

export const options: CallModelOptions = {
  pbx: 'main',
  toE164: (raw) => (/^7\d{10}$/.test(raw) ? `+${raw}` : /^\+\d{11}$/.test(raw) ? raw : null),
};

export interface Told {
  state: CallState;
  said: CallEvent[];
  records: Interaction[];
}

export function tell(events: PbxEvent[], state: CallState = createCallState(options)): Told {
  const said = events.flatMap((event) => applyEvent(state, event));
  return {
    state,
    said,
    records: said.flatMap((e) => (e.type === 'interaction.ended' ? [e.interaction] : [])),
  };
}

type Newchannel = Extract<PbxEvent, { type: 'Newchannel' }>;

export function channel(
  at: number,
  id: string,
  peer: string,
  more: Partial<Omit<Newchannel, 'type' | 'at' | 'channel'>> = {},
): PbxEvent {
  return {
    type: 'Newchannel',
    at,
    channel: id,
    name: `${peer.includes('/') ? '' : 'PJSIP/'}${peer}-0000002a`,
    linked: id,
    number: null,
    callerName: null,
    presentation: null,
    exten: null,
    context: null,
    recording: null,
    ...more,
  };
}

/** A customer calls in. */
export function customer(at: number, id: string, number: string | null = '79161234567'): PbxEvent {
  return channel(at, id, 'trunk', { number, exten: '2000' });
}

export const up = (at: number, id: string): PbxEvent => ({
  type: 'Newstate',
  at,
  channel: id,
  state: 6,
  presentation: null,
});
export const joins = (at: number, id: string, queue = 'sales', position = 1): PbxEvent => ({
  type: 'QueueCallerJoin',
  at,
  channel: id,
  queue,
  position,
  presentation: null,
});
export const abandons = (at: number, id: string, queue = 'sales'): PbxEvent => ({
  type: 'QueueCallerAbandon',
  at,
  channel: id,
  queue,
});
export const leaves = (at: number, id: string, queue = 'sales'): PbxEvent => ({
  type: 'QueueCallerLeave',
  at,
  channel: id,
  queue,
});

/** A queue rings an agent's phone. */
export function rings(at: number, caller: string, phone: string, agent: string, queue = 'sales'): PbxEvent[] {
  const offer = { at, channel: caller, dest: phone, queue, device: `PJSIP/${agent}` };
  return [
    channel(at, phone, agent, { linked: caller, exten: 's' }),
    { type: 'AgentCalled', ...offer },
    dials(at, caller, phone, `PJSIP/${agent}`),
  ];
}

/** The rung agent answers, and both are bridged. */
export function answers(
  at: number,
  caller: string,
  phone: string,
  agent: string,
  queue = 'sales',
): PbxEvent[] {
  const offer = { at, channel: caller, dest: phone, queue, device: `PJSIP/${agent}`, holdMs: 0 };
  return [
    { type: 'DialEnd', at, channel: caller, dest: phone, status: 'ANSWER', forward: null },
    leaves(at, caller, queue),
    { type: 'AgentConnect', ...offer },
    ...bridged(at, `b-${phone}`, phone, caller),
  ];
}

export function bridged(at: number, bridge: string, ...ids: string[]): PbxEvent[] {
  return ids.map((id) => ({
    type: 'BridgeEnter',
    at,
    channel: id,
    bridge,
    bridgeType: 'basic',
    recording: null,
  }));
}

export const asks = (at: number, id: string, soft = false): PbxEvent => ({
  type: 'HangupRequest',
  at,
  channel: id,
  soft,
  byDialplan: false,
});
export const hangsUp = (at: number, id: string, cause = 16): PbxEvent => ({
  type: 'Hangup',
  at,
  channel: id,
  cause,
  presentation: null,
});
export const dials = (
  at: number,
  caller: string | null,
  dest: string,
  dialString: string | null = null,
): PbxEvent => ({ type: 'DialBegin', at, channel: caller, dest, dialString, presentation: null });
export const dialled = (at: number, caller: string | null, dest: string, status: string): PbxEvent => ({
  type: 'DialEnd',
  at,
  channel: caller,
  dest,
  status,
  forward: null,
});
export const result = (at: number, id: string, status: string, abandoned = false): PbxEvent => ({
  type: 'QueueResult',
  at,
  channel: id,
  queue: 'sales',
  status,
  abandoned,
});
