import type { CallEvent } from '@ringdesk/shared/call-events';
import { entryOf } from './entries.ts';
import { refOf } from './legs.ts';
import { currentMembers } from './members.ts';
import { partyOf } from './party.ts';
import type { Call, CallState, Leg } from './state.ts';
import { iso } from './state.ts';
import { agentOf } from './whose-phone.ts';

/**
 * What a listener would have been told of the calls that are open, the members and the phones, had it listened from the start: for who comes
 * late, as the desk does after a restart. Ended legs of open calls are left out.
 * @param at ms since 1970, for what has no time of its own (members and phones)
 */
export function openEvents(state: CallState, at: number): CallEvent[] {
  const { calls, devices } = state.data;
  const oldestFirst = [...calls.values()].sort((a, b) => a.startedAt - b.startedAt);
  return [
    ...currentMembers(state).map((member): CallEvent => ({ type: 'member.changed', at: iso(at), member })),
    ...[...devices].flatMap(([device, now]): CallEvent[] => {
      const agent = agentOf(state, device);
      return agent === null ? [] : [{ type: 'device.changed', at: iso(at), device, state: now, agent }];
    }),
    ...oldestFirst.flatMap(eventsOf),
  ];
}

function eventsOf(call: Call): CallEvent[] {
  const about = { callId: call.id };
  const told: CallEvent[] = [
    { ...about, type: 'call.started', at: iso(call.startedAt), party: partyOf(call) },
  ];
  if (call.direction === 'outbound' && call.answeredAt !== null)
    told.push({ ...about, type: 'call.answered', at: iso(call.answeredAt) });
  for (const entry of call.entries) {
    const record = entryOf(entry);
    told.push({
      ...about,
      type: 'queue.joined',
      at: iso(entry.enteredAt),
      entry: { ...record, leftAt: null, waitMs: null, outcome: null, agent: null },
    });
    if (record.leftAt !== null) told.push({ ...about, type: 'queue.left', at: record.leftAt, entry: record });
  }
  for (const transfer of call.transfers)
    told.push({ ...about, type: 'call.transferred', at: transfer.at, transfer });
  for (const leg of call.legs) told.push(...legEvents(call, leg));
  // Stable: what happened at the same moment stays in the order in which it was listed.
  return told.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function legEvents(call: Call, leg: Leg): CallEvent[] {
  if (leg.endedAt !== null) return [];
  const about = { callId: call.id, leg: refOf(call, leg) };
  const told: CallEvent[] = [{ ...about, type: 'leg.offered', at: iso(leg.offeredAt) }];
  if (leg.answeredAt !== null) told.push({ ...about, type: 'leg.answered', at: iso(leg.answeredAt) });
  if (leg.phase === 'hold') told.push({ ...about, type: 'leg.held', at: iso(leg.phaseAt) });
  return told;
}
