import type { CallEvent, CallParty, DeviceState, LegRef, QueueMember } from '@ringdesk/shared/call-events';
import type { Customer } from '@ringdesk/shared/customer';
import type {
  Interaction,
  InteractionSummary,
  LegOutcome,
  QueueEntry,
  Transfer,
} from '@ringdesk/shared/interaction';
import { anInteraction } from '@ringdesk/shared/testing/an-interaction';

/** Events of calls for tests, said shortly: a time is the second at which it happens. */

const start = Date.UTC(2026, 0, 12, 9, 0, 0);

/** Milliseconds since the epoch of a second of the test's day. */
export function ms(second: number): number {
  return start + Math.round(second * 1000);
}

export function at(second: number): string {
  return new Date(ms(second)).toISOString();
}

function aParty(over: Partial<CallParty> = {}): CallParty {
  return {
    direction: 'inbound',
    number: '+74955550101',
    numberRaw: '84955550101',
    presentation: 'allowed',
    name: 'ООО Ромашка',
    did: '2000',
    ...over,
  };
}

export function aLeg(agent: string, over: Partial<LegRef> = {}): LegRef {
  const index = over.index ?? 0;
  return {
    index,
    agent,
    device: `PJSIP/${agent}`,
    queue: 'sales',
    channel: `PJSIP/${agent}-0000000${index}`,
    uniqueid: `lab-${agent}.${index}`,
    consultation: false,
    ...over,
  };
}

function anEntry(queue: string, second: number): QueueEntry {
  return {
    queue,
    enteredAt: at(second),
    leftAt: null,
    waitMs: null,
    position: 1,
    outcome: null,
    agent: null,
    consultation: false,
  };
}

/** Says the events of one call. */
export function aCall(callId: string) {
  return {
    started: (second: number, over: Partial<CallParty> = {}): CallEvent => ({
      type: 'call.started',
      at: at(second),
      callId,
      party: aParty(over),
    }),
    party: (second: number, over: Partial<CallParty>): CallEvent => ({
      type: 'call.party',
      at: at(second),
      callId,
      party: aParty(over),
    }),
    takenOutside: (second: number): CallEvent => ({ type: 'call.answered', at: at(second), callId }),
    merged: (second: number, from: string): CallEvent => ({
      type: 'call.merged',
      at: at(second),
      callId,
      from,
    }),
    joined: (second: number, queue = 'sales'): CallEvent => ({
      type: 'queue.joined',
      at: at(second),
      callId,
      entry: anEntry(queue, second),
    }),
    offered: (second: number, leg: LegRef): CallEvent => ({
      type: 'leg.offered',
      at: at(second),
      callId,
      leg,
    }),
    answered: (second: number, leg: LegRef): CallEvent => ({
      type: 'leg.answered',
      at: at(second),
      callId,
      leg,
    }),
    held: (second: number, leg: LegRef): CallEvent => ({ type: 'leg.held', at: at(second), callId, leg }),
    resumed: (second: number, leg: LegRef): CallEvent => ({
      type: 'leg.resumed',
      at: at(second),
      callId,
      leg,
    }),
    ended: (second: number, leg: LegRef, outcome: LegOutcome = 'answered'): CallEvent => ({
      type: 'leg.ended',
      at: at(second),
      callId,
      leg,
      outcome,
      endedBy: 'caller',
    }),
    transferred: (second: number, over: Partial<Transfer>): CallEvent => ({
      type: 'call.transferred',
      at: at(second),
      callId,
      transfer: { kind: 'blind', by: '1001', to: null, toQueue: null, at: at(second), ...over },
    }),
    over: (second: number, over: Partial<Interaction> = {}): CallEvent => ({
      type: 'interaction.ended',
      at: at(second),
      callId,
      interaction: anInteraction({ id: callId, startedAt: at(0), endedAt: at(second), ...over }),
    }),
  };
}

export function aMember(second: number, device: string, over: Partial<QueueMember> = {}): CallEvent {
  return {
    type: 'member.changed',
    at: at(second),
    member: {
      queue: 'sales',
      device,
      name: device,
      paused: false,
      pausedReason: null,
      penalty: 0,
      state: 'idle',
      agent: ownerOf(device),
      ...over,
    },
  };
}

export function aDevice(second: number, device: string, state: DeviceState): CallEvent {
  return { type: 'device.changed', at: at(second), device, state, agent: ownerOf(device) };
}

/** As the call model takes it from the name of a phone of which nothing else is known. */
function ownerOf(device: string): string {
  return device.slice(device.indexOf('/') + 1);
}

export function aCustomer(id: string, over: Partial<Customer> = {}): Customer {
  return {
    id,
    kind: 'company',
    name: `Customer ${id}`,
    company: null,
    phones: [{ number: '+74955550101', raw: '84955550101', label: null }],
    emails: [],
    tier: 'gold',
    segment: null,
    tags: [],
    note: null,
    createdAt: at(0),
    updatedAt: at(0),
    ...over,
  };
}

/** @param second when it ended; it took five minutes */
export function aSummary(
  id: string,
  second: number,
  over: Partial<InteractionSummary> = {},
): InteractionSummary {
  return {
    id,
    direction: 'inbound',
    number: '+74955550101',
    startedAt: at(second - 300),
    endedAt: at(second),
    outcome: 'answered',
    queue: 'sales',
    agent: '1002',
    agentName: 'Boris',
    talkMs: 280_000,
    disposition: null,
    reason: null,
    note: null,
    sharedWith: [],
    ...over,
  };
}
