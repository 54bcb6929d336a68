import { hungUp, joinsCalls, presented } from './channels.ts';
import { isConsulting } from './consultation.ts';
import { dialledNumber, isMachine } from './device-names.ts';
import { finishCall } from './endings.ts';
import { lastEntry, leaveEntry, openEntry, waitingEntry } from './entries.ts';
import type { Snapshot, SnapshotChannel } from './events.ts';
import { answeredInGap, outsideUnseen } from './gap-answers.ts';
import { callOf, channelOf, join, openChannel, standApart } from './identity.ts';
import { answerLeg, legOf, offerLeg, openLegs } from './legs.ts';
import { membersListed } from './members.ts';
import { calledParty, partyOf } from './party.ts';
import { phonesListed } from './phones-told.ts';
import type { Call, Channel, Leg, Step } from './state.ts';
import { iso } from './state.ts';
import { connected, enterBridge, leaveBridge, reckon, setPhase } from './talk.ts';
import { fetchedBy } from './transfers.ts';

/**
 * After a reconnect: the model is brought in step with CoreShowChannels and QueueStatus. What went on all through
 * the gap keeps its exact times. What ended in it ends as "unknown", at the moment when the link went down, for that is the last that is
 * known. What began in it is opened with the times that the snapshot gives in whole seconds. All of them are marked `estimated`.
 */
export function applySnapshotTo(step: Step, snapshot: Snapshot): void {
  const { state } = step;
  const listed = new Map(snapshot.channels.map((channel) => [channel.channel, channel]));
  const downAt = Math.min(state.data.downSince ?? snapshot.at, snapshot.at);
  // Of a call that lived through a gap nobody knows what it missed: a hold, a transfer, who hung up. The proof will tell.
  for (const call of state.data.calls.values()) {
    call.estimated = true;
    call.gapUntil = snapshot.at;
  }
  dropUnlisted(step, downAt, listed);
  phonesListed(step, snapshot.at, snapshot.phones ?? []);
  membersListed(step, snapshot.at, snapshot.members);
  const oldestFirst = [...snapshot.channels].sort((a, b) => b.forMs - a.forMs || order(a) - order(b));
  for (const row of oldestFirst) bringIn(step, snapshot.at, row);
  pairHalves(step, snapshot);
  for (const row of oldestFirst) bridgeAsListed(step, snapshot, downAt, row);
  waitAsListed(step, snapshot, downAt);
  for (const row of oldestFirst) giveLegs(step, snapshot, downAt, row);
  for (const call of state.data.calls.values()) {
    reckon(step, snapshot.at, call);
    const customer = channelOf(state, call.customer);
    if (customer !== undefined) outsideUnseen(step, snapshot.at, call, customer);
  }
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
    const call = callOf(state, known);
    if (call !== undefined) presented(step, at, call, known, row.presentation);
    join(step, at, known, channelOf(state, row.linked));
    return;
  }
  if (isMachine(row.name)) return;
  const channel = openChannel(step, at - row.forMs, row, true);
  channel.up = row.up;
  const call = callOf(state, channel);
  if (call === undefined) return;
  call.estimated = true;
  call.gapUntil = at;
  if (row.up && channel.id === call.customer) call.upAt ??= at;
  const line = channel.agent === null && !channel.local;
  if (row.application === 'AppDial' && line && call.customer === null) {
    outside(step, at, call, channel);
  }
}

/** Halves of Local channels. Within one snapshot a channel's name is unique, and nothing else tells which belong together. */
function pairHalves(step: Step, snapshot: Snapshot): void {
  const byName = new Map(snapshot.channels.map((row) => [row.name, row.channel]));
  for (const row of snapshot.channels) {
    if (!row.name.startsWith('Local/') || !row.name.endsWith(';1')) continue;
    const one = channelOf(step.state, row.channel);
    const two = channelOf(step.state, byName.get(row.name.replace(/;1$/, ';2')) ?? null);
    if (one === undefined || two === undefined) continue;
    join(step, snapshot.at, one, two);
    one.otherHalf = two.id;
    two.otherHalf = one.id;
  }
}

function outside(step: Step, at: number, call: Call, line: Channel | null): void {
  call.customer = line?.id ?? null;
  call.direction = 'outbound';
  call.party = calledParty(step.state, null);
  step.out.push({ type: 'call.party', at: iso(at), callId: call.id, party: partyOf(call) });
}

function bridgeAsListed(step: Step, snapshot: Snapshot, downAt: number, row: SnapshotChannel): void {
  const { state } = step;
  const { at } = snapshot;
  const channel = channelOf(state, row.channel);
  if (channel === undefined || channel.bridge === row.bridge) return;
  if (channel.bridge !== null) leaveBridge(step, downAt, channel.id, channel.bridge);
  if (row.bridge === null) return;
  const type = snapshot.bridgeTypes?.get(row.bridge) ?? likelyType(row);
  enterBridge(step, at, channel.id, row.bridge, { type });
  if (type === 'agent_hold') {
    const over = standApart(step, at, channel);
    if (over !== undefined) finishCall(step, downAt, over);
  }
  if (!joinsCalls(type)) return;
  for (const other of state.data.bridges.get(row.bridge)?.members ?? []) {
    join(step, at, channel, channelOf(state, other));
  }
}

/**
 * What kind of bridge the channel is in, where BridgeList did not say. A channel that was parked from the talk keeps the application in which it
 * talked, so only the one that parked itself can be told; who fetches (`ParkedCall`) talks.
 */
function likelyType(row: SnapshotChannel): string {
  if (row.application === 'Park') return 'parking';
  return row.application === 'ConfBridge' ? 'base' : 'basic';
}

/** Waiting callers are those that QueueStatus lists; one that it does not list any more left in the gap. */
function waitAsListed(step: Step, snapshot: Snapshot, downAt: number): void {
  const { state } = step;
  const still = new Set(snapshot.entries.map((row) => `${row.channel}\n${row.queue}`));
  for (const call of state.data.calls.values()) {
    for (const entry of call.entries) {
      if (entry.leftAt !== null || still.has(`${entry.channel}\n${entry.queue}`)) continue;
      entry.estimated = true;
      // Answered, if it turns out that an agent talks with the caller (giveLegs); else nobody knows.
      leaveEntry(step, call, entry, { at: downAt, outcome: 'unknown', provisional: true });
    }
  }
  for (const row of snapshot.entries) {
    const channel = channelOf(state, row.channel);
    const call = callOf(state, channel);
    if (channel === undefined || call === undefined) continue;
    if (waitingEntry(call, channel.id, row.queue) !== undefined) continue;
    const entry = openEntry(step, snapshot.at - row.waitMs, call, {
      queue: row.queue,
      channel: channel.id,
      position: row.position,
      consultation: isConsulting(state, channel),
    });
    entry.estimated = true;
  }
}

/** An agent's phone that appeared or was answered in the gap. A queue's phone that is up but talks to nobody yet will have its AgentConnect. */
function giveLegs(step: Step, snapshot: Snapshot, downAt: number, row: SnapshotChannel): void {
  const { state } = step;
  const phone = channelOf(state, row.channel);
  const call = callOf(state, phone);
  if (phone?.agent == null || call === undefined) return;
  const customer = channelOf(state, call.customer);
  const talks = customer !== undefined && connected(state, phone.id).has(customer.id);
  const known = legOf(state, phone);
  const leg = known ?? missedLeg(step, snapshot, call, phone, { agent: phone.agent, row, talks });
  if (leg === undefined || !row.up || leg.answeredAt !== null || leg.endedAt !== null) return;
  if (leg.queue !== null && !talks) return;
  // One that was known to ring was not answered before the gap.
  const answeredAt = known === undefined ? leg.offeredAt : Math.max(leg.offeredAt, downAt);
  if (leg.queue !== null && customer !== undefined) {
    const { queue, agent } = leg;
    answeredInGap(step, answeredAt, call, customer, { queue, agent, metBy: snapshot.at });
  }
  answerLeg(step, answeredAt, call, leg);
  if (talks) setPhase(leg, answeredAt, 'talk');
}

function missedLeg(
  step: Step,
  snapshot: Snapshot,
  call: Call,
  phone: Channel,
  { agent, row, talks }: { agent: string; row: SnapshotChannel; talks: boolean },
): Leg | undefined {
  const dials = call.direction === 'outbound' && phone.id === call.initiator;
  const rung = /^(AppQueue|AppDial|AppDial2)$/.test(row.application ?? '');
  // Who fetched a parked call or picked one up was rung by nobody, but talks.
  if (!rung && !dials && !talks) return undefined;
  if (row.application === 'ParkedCall') fetchedBy(call, agent);
  if (row.application === 'AppDial2' && call.customer === null && !dials) {
    // Dialled by the PBX itself: click-to-call, and nobody outside is dialled yet.
    call.originated = true;
    outside(step, snapshot.at, call, null);
  }
  if (dials) dialledGoal(step, snapshot.at, call, row);
  const queue = row.application === 'AppQueue' ? queueOf(snapshot, call, row) : null;
  const customer = call.customer;
  return offerLeg(step, phone.createdAt, call, phone, {
    agent,
    device: phone.device,
    queue,
    entry: customer === null || queue === null ? null : (lastEntry(call, customer, queue)?.key ?? null),
    consultation: false,
  });
}

/** The queue that rang this phone: Asterisk puts it in the phone's extension; if that is no queue, the one in which a channel of the call stands. */
function queueOf(snapshot: Snapshot, call: Call, row: SnapshotChannel): string | null {
  const stands = snapshot.channels.filter((other) => other.application === 'Queue');
  const queues = new Set<string | null>([
    ...snapshot.members.map((member) => member.queue),
    ...snapshot.entries.map((entry) => entry.queue),
    ...stands.map(queueApplied),
  ]);
  if (queues.has(row.exten)) return row.exten;
  const caller = stands.find((other) => call.channels.includes(other.channel));
  return caller === undefined ? (call.entries.at(-1)?.queue ?? null) : queueApplied(caller);
}

/** `sales,tTkKxXhHc,,,300` → `sales`. */
function queueApplied(row: SnapshotChannel): string | null {
  return row.applicationData?.split(',')[0] ?? null;
}

function dialledGoal(step: Step, at: number, call: Call, row: SnapshotChannel): void {
  const raw = dialledNumber((row.applicationData ?? '').split(',')[0] ?? null);
  if (row.application !== 'Dial' || raw === null) return;
  call.party = calledParty(step.state, raw);
  step.out.push({ type: 'call.party', at: iso(at), callId: call.id, party: partyOf(call) });
}
