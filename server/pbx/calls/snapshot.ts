import { hungUp } from './channels.ts';
import { lastEntry, leaveEntry, openEntry, waitingEntry } from './entries.ts';
import type { Snapshot, SnapshotChannel } from './events.ts';
import { callOf, channelOf, join, openChannel } from './identity.ts';
import { answerLeg, isConsulting, legOf, offerLeg, openLegs } from './legs.ts';
import { membersListed } from './members.ts';
import { calledParty, dialledNumber, partyOf } from './party.ts';
import { isInsideCaller } from './queue.ts';
import type { Call, Channel, Step } from './state.ts';
import { iso } from './state.ts';
import { connected, enterBridge, leaveBridge, reckon, setPhase } from './talk.ts';

/**
 * After a reconnect: the model is brought in step with CoreShowChannels and QueueStatus (calls.md, "After a reconnect"). What went on all through
 * the gap keeps its exact times. What ended in it ends as "unknown", at the moment when the link went down, for that is the last that is
 * known. What began in it is opened with the times that the snapshot gives in whole seconds, and is marked `estimated`.
 */
export function applySnapshotTo(step: Step, snapshot: Snapshot): void {
  const { state } = step;
  const listed = new Map(snapshot.channels.map((channel) => [channel.channel, channel]));
  const downAt = Math.min(state.data.downSince ?? snapshot.at, snapshot.at);
  dropUnlisted(step, downAt, listed);
  const oldestFirst = [...snapshot.channels].sort((a, b) => b.forMs - a.forMs || order(a) - order(b));
  for (const row of oldestFirst) bringIn(step, snapshot.at, row);
  for (const row of oldestFirst) bridgeAsListed(step, snapshot.at, downAt, row);
  waitAsListed(step, snapshot, downAt);
  for (const row of oldestFirst) giveLegs(step, snapshot.at, row);
  for (const call of state.data.calls.values()) reckon(step, snapshot.at, call);
  membersListed(step, snapshot.at, snapshot.members);
  state.data.downSince = null;
}

function order(row: SnapshotChannel): number {
  return Number(row.channel.slice(row.channel.lastIndexOf('.') + 1)) || 0;
}

/** Calls that are gone altogether are lost; of others only some channels went, and how is not known either. */
function dropUnlisted(step: Step, downAt: number, listed: Map<string, unknown>): void {
  const { data } = step.state;
  const gone = [...data.channels.values()].filter((channel) => !listed.has(channel.id));
  for (const channel of gone) {
    const call = callOf(step.state, channel);
    if (call === undefined) continue;
    call.estimated = true;
    if (call.channels.every((id) => !listed.has(id))) loseCall(call);
    const leg = legOf(step.state, channel);
    if (leg !== undefined && leg.endedAt === null) leg.lost = true;
    const entry = waitingEntry(call, channel.id, null);
    if (entry !== undefined) entry.estimated = true;
  }
  for (const channel of gone) hungUp(step, { at: downAt, channel: channel.id, cause: 0 });
}

function loseCall(call: Call): void {
  call.lost = true;
  for (const leg of openLegs(call)) leg.lost = true;
}

/** A listed channel: opened if new, corrected if known; joined with the calls that its Linkedid names by now. */
function bringIn(step: Step, at: number, row: SnapshotChannel): void {
  const { state } = step;
  const known = channelOf(state, row.channel);
  if (known !== undefined) {
    known.up = known.up || row.up;
    join(step, at, known, channelOf(state, row.linked));
    return;
  }
  const channel = openChannel(step, at - row.forMs, row);
  channel.up = row.up;
  const call = callOf(state, channel);
  if (call === undefined) return;
  call.estimated = true;
  if (row.up && channel.id === call.customer) call.upAt = call.upAt ?? at;
  if (row.application === 'AppDial' && channel.agent === null && call.customer === null) {
    outside(step, at, call, channel);
  }
}

function outside(step: Step, at: number, call: Call, line: Channel): void {
  call.customer = line.id;
  call.direction = 'outbound';
  call.party = calledParty(step.state, null);
  step.out.push({ type: 'call.party', at: iso(at), callId: call.id, party: partyOf(call) });
}

function bridgeAsListed(step: Step, at: number, downAt: number, row: SnapshotChannel): void {
  const { state } = step;
  const channel = channelOf(state, row.channel);
  if (channel === undefined || channel.bridge === row.bridge) return;
  if (channel.bridge !== null) leaveBridge(step, downAt, channel.id, channel.bridge);
  if (row.bridge === null) return;
  const parked = row.application === 'Park' || row.application === 'ParkedCall';
  enterBridge(step, at, channel.id, row.bridge, parked ? 'parking' : 'basic');
  if (parked) return;
  for (const other of state.data.bridges.get(row.bridge)?.members ?? []) {
    join(step, at, channel, channelOf(state, other));
  }
}

/** Waiting callers are those that QueueStatus lists; one that it does not list any more left in the gap. */
function waitAsListed(step: Step, snapshot: Snapshot, downAt: number): void {
  const { state } = step;
  const still = new Set(snapshot.entries.map((row) => `${row.channel}\n${row.queue}`));
  for (const call of state.data.calls.values()) {
    for (const entry of call.entries) {
      if (entry.leftAt !== null || still.has(`${entry.channel}\n${entry.queue}`)) continue;
      entry.estimated = true;
      call.estimated = true;
      // Answered, if it turns out that an agent talks with the caller (giveLegs); else nobody knows.
      leaveEntry(step, call, entry, { at: downAt, outcome: 'unknown', provisional: true });
    }
  }
  for (const row of snapshot.entries) {
    const channel = channelOf(state, row.channel);
    const call = callOf(state, channel);
    if (channel === undefined || call === undefined) continue;
    if (waitingEntry(call, channel.id, row.queue) !== undefined) continue;
    call.estimated = true;
    const entry = openEntry(step, snapshot.at - row.waitMs, call, {
      queue: row.queue,
      channel: channel.id,
      position: row.position,
      consultation: isConsulting(state, channel, isInsideCaller(state, channel)),
    });
    entry.estimated = true;
  }
}

/** An agent's phone that appeared or was answered in the gap. */
function giveLegs(step: Step, at: number, row: SnapshotChannel): void {
  const { state } = step;
  const phone = channelOf(state, row.channel);
  const call = callOf(state, phone);
  if (phone?.agent == null || call === undefined) return;
  const customer = channelOf(state, call.customer);
  let leg = legOf(state, phone);
  if (leg === undefined) {
    const rung = row.application === 'AppQueue' || row.application === 'AppDial';
    const dials = call.direction === 'outbound' && phone.id === call.initiator;
    if (!rung && !dials) return;
    if (dials) dialledGoal(step, at, call, row);
    const queue = row.application === 'AppQueue' ? queueOf(call, row) : null;
    leg = offerLeg(step, phone.createdAt, call, phone, {
      agent: phone.agent,
      device: phone.device,
      queue,
      entry: customer === undefined ? null : (lastEntry(call, customer.id, queue)?.key ?? null),
      consultation: false,
    });
  }
  if (!row.up || leg.answeredAt !== null) return;
  call.estimated = true;
  const talks = customer !== undefined && connected(state, phone.id).has(customer.id);
  if (talks && leg.queue !== null) answeredInGap(step, at, call, customer, leg.queue, leg.agent, row);
  answerLeg(step, phone.createdAt < at ? Math.max(phone.createdAt, leg.offeredAt) : at, call, leg);
  if (talks) setPhase(leg, leg.answeredAt ?? at, 'talk');
}

/** The queue that rang this phone: Asterisk puts it in the extension of the phone's channel; else where the caller waits. */
function queueOf(call: Call, row: SnapshotChannel): string | null {
  return call.entries.at(-1)?.queue ?? row.exten;
}

function dialledGoal(step: Step, at: number, call: Call, row: SnapshotChannel): void {
  const raw = dialledNumber((row.applicationData ?? '').split(',')[0] ?? null);
  if (row.application !== 'Dial' || raw === null) return;
  call.party = calledParty(step.state, raw);
  step.out.push({ type: 'call.party', at: iso(at), callId: call.id, party: partyOf(call) });
}

function answeredInGap(
  step: Step,
  at: number,
  call: Call,
  customer: Channel,
  queue: string,
  agent: string,
  row: SnapshotChannel,
): void {
  let entry = lastEntry(call, customer.id, queue);
  if (entry === undefined) {
    entry = openEntry(step, customer.createdAt, call, {
      queue,
      channel: customer.id,
      position: null,
      consultation: false,
    });
    entry.leftAt = at - row.forMs;
  }
  if (entry.outcome === 'answered') return;
  entry.estimated = true;
  entry.agent = agent;
  leaveEntry(step, call, entry, { at: at - row.forMs, outcome: 'answered' });
}
