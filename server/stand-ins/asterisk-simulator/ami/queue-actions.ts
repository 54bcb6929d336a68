import { deviceStateOf } from '../engine/device-state.ts';
import { escapeName, lines } from '../engine/events.ts';
import { canTakeCall, memberFields } from '../engine/members.ts';
import { addDynamic, changePenalty, pauseDevice, removeMember, ringInUse } from '../engine/membership.ts';
import type { Member, Pbx, Queue, Visit } from '../engine/state.ts';
import { type ActionContext, type ActionKind, isTrue, type ListItem } from './action.ts';

const AGENT = ['agent', 'all'];

function queuesAsked({ pbx, action }: ActionContext): Queue[] {
  const name = action.get('Queue');
  return [...pbx.queues.values()].filter((queue) => name === null || queue.name === name);
}

function params(queue: Queue): string {
  const { completed, abandoned } = queue;
  const level = completed === 0 ? '0.0' : '100.0';
  return lines({
    Queue: queue.name,
    Max: 0,
    Strategy: queue.settings.strategy,
    Calls: queue.waiting.length,
    Holdtime: queue.holdSeconds,
    TalkTime: queue.talkSeconds,
    Completed: completed,
    Abandoned: abandoned,
    ServiceLevel: 20,
    ServicelevelPerf: level,
    ServicelevelPerf2: level,
    Weight: 0,
  });
}

/** A member in a list has other names for two fields than in events, and lacks one. */
function listedMember(pbx: Pbx, queue: Queue, member: Member): string {
  const { Queue: name, MemberName, Interface, Ringinuse, ...rest } = memberFields(pbx, queue, member);
  return lines({ Queue: name ?? '', Name: MemberName ?? '', Location: Interface ?? '', ...rest });
}

function listedCaller(pbx: Pbx, queue: Queue, visit: Visit): string {
  const { name, uniqueid, caller, connected } = visit.caller;
  const shown = (text: string): string => (text === '' ? 'unknown' : escapeName(text));
  return lines({
    Queue: queue.name,
    Position: visit.position,
    Channel: name,
    Uniqueid: uniqueid,
    CallerIDNum: shown(caller.number),
    CallerIDName: shown(caller.name),
    ConnectedLineNum: shown(connected.number),
    ConnectedLineName: shown(connected.name),
    Wait: Math.floor(pbx.clock.now() / 1000) - Math.floor(visit.joinedAt / 1000),
    Priority: 0,
  });
}

function queueStatus(context: ActionContext): void {
  const { pbx, action, reply } = context;
  const wanted = action.get('Member');
  const items: ListItem[] = [];
  for (const queue of queuesAsked(context)) {
    items.push({ event: 'QueueParams', text: params(queue), idFirst: false });
    for (const member of queue.members.values()) {
      if (wanted !== null && wanted !== member.interface) continue;
      items.push({ event: 'QueueMember', text: listedMember(pbx, queue, member), idFirst: false });
    }
    for (const visit of queue.waiting)
      items.push({ event: 'QueueEntry', text: listedCaller(pbx, queue, visit), idFirst: false });
  }
  reply.list('Queue status will follow', 'QueueStatusComplete', items);
}

function queueSummary(context: ActionContext): void {
  const { pbx, reply } = context;
  const now = Math.floor(pbx.clock.now() / 1000);
  const items = queuesAsked(context).map((queue) => {
    const members = [...queue.members.values()];
    const loggedIn = members.filter((m) => deviceStateOf(pbx, m.stateInterface) !== 'UNAVAILABLE');
    const longest = Math.max(0, ...queue.waiting.map((visit) => now - Math.floor(visit.joinedAt / 1000)));
    const text = lines({
      Queue: queue.name,
      LoggedIn: loggedIn.length,
      Available: loggedIn.filter((member) => canTakeCall(pbx, queue, member)).length,
      Callers: queue.waiting.length,
      HoldTime: queue.holdSeconds,
      TalkTime: queue.talkSeconds,
      LongestHoldTime: longest,
    });
    return { event: 'QueueSummary', text, idFirst: false };
  });
  reply.list('Queue summary will follow', 'QueueSummaryComplete', items);
}

function queuePause({ pbx, action, reply }: ActionContext): void {
  const interfaceName = action.get('Interface');
  const paused = action.get('Paused');
  if (interfaceName === null || paused === null) {
    reply.error("Need 'Interface' and 'Paused' parameters.");
    return;
  }
  const on = isTrue(paused);
  const done = pauseDevice(pbx, action.get('Queue'), interfaceName, on, action.get('Reason') ?? '');
  if (done) reply.success(on ? 'Interface paused successfully' : 'Interface unpaused successfully');
  else reply.error('Interface not found');
}

function queueAdd({ pbx, action, reply }: ActionContext): void {
  const queue = action.get('Queue');
  const interfaceName = action.get('Interface');
  if (queue === null || interfaceName === null) {
    reply.error(queue === null ? "'Queue' not specified." : "'Interface' not specified.");
    return;
  }
  const stateInterface = action.get('StateInterface');
  const wrong = addDynamic(pbx, queue, {
    interface: interfaceName,
    name: action.get('MemberName') ?? interfaceName,
    ...(stateInterface === null ? {} : { stateInterface }),
    penalty: Math.max(0, Number(action.get('Penalty') ?? 0) || 0),
    paused: isTrue(action.get('Paused')),
    reason: action.get('Reason') ?? '',
  });
  if (wrong === null) reply.success('Added interface to queue');
  else if (wrong === 'already there') reply.error('Unable to add interface: Already there');
  else reply.error('Unable to add interface to queue: No such queue');
}

function queueRemove({ pbx, action, reply }: ActionContext): void {
  const queue = action.get('Queue');
  const interfaceName = action.get('Interface');
  if (queue === null || interfaceName === null) reply.error("Need 'Queue' and 'Interface' parameters.");
  else if (!pbx.queues.has(queue)) reply.error('Unable to remove interface from queue: No such queue');
  else if (removeMember(pbx, queue, interfaceName)) reply.success('Removed interface from queue');
  else reply.error('Unable to remove interface: Not there');
}

function queuePenalty({ pbx, action, reply }: ActionContext): void {
  const interfaceName = action.get('Interface');
  const penalty = Number(action.get('Penalty') ?? Number.NaN);
  if (interfaceName === null || Number.isNaN(penalty)) {
    reply.error("Need 'Interface' and 'Penalty' parameters.");
    return;
  }
  if (changePenalty(pbx, action.get('Queue'), interfaceName, penalty))
    reply.success('Interface penalty set successfully');
  else reply.error('Invalid interface, queuename or penalty');
}

function queueRingInUse({ pbx, action, reply }: ActionContext): void {
  const interfaceName = action.get('Interface');
  const on = action.get('RingInUse');
  if (interfaceName === null || on === null) reply.error("Need 'Interface' and 'RingInUse' parameters.");
  else if (ringInUse(pbx, action.get('Queue'), interfaceName, isTrue(on)))
    reply.success('Interface ringinuse set successfully');
  else reply.error('Invalid interface, queuename, or ringinuse value');
}

export const QUEUE_ACTIONS: readonly ActionKind[] = [
  { name: 'QueueAdd', synopsis: 'Add interface to queue.', classes: AGENT, run: queueAdd },
  {
    name: 'QueueLog',
    synopsis: 'Adds custom entry in queue_log.',
    classes: AGENT,
    run: ({ action, reply }) => {
      if (action.get('Queue') === null || action.get('Event') === null)
        reply.error("Need 'Queue' and 'Event' parameters");
      else reply.success('Event added successfully');
    },
  },
  {
    name: 'QueueMemberRingInUse',
    synopsis: 'Set the ringinuse value for a queue member.',
    classes: AGENT,
    run: queueRingInUse,
  },
  {
    name: 'QueuePause',
    synopsis: 'Makes a queue member temporarily unavailable.',
    classes: AGENT,
    run: queuePause,
  },
  {
    name: 'QueuePenalty',
    synopsis: 'Set the penalty for a queue member.',
    classes: AGENT,
    run: queuePenalty,
  },
  { name: 'QueueRemove', synopsis: 'Remove interface from queue.', classes: AGENT, run: queueRemove },
  { name: 'QueueStatus', synopsis: 'Show queue status.', classes: [], run: queueStatus },
  { name: 'QueueSummary', synopsis: 'Show queue summary.', classes: [], run: queueSummary },
];
