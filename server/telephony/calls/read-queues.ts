import { presentationOf, text, whole } from './fields.ts';
import { readMember } from './read-snapshot.ts';
import { ofMember, ofOffer, ofQueue, type Reader, withNamed } from './readers.ts';

/** Queues, their agents, their members and the members' phones. */

const member: Reader = (m, at) => {
  const facts = readMember(m);
  return facts === null ? null : { type: 'Member', at, ...facts };
};

export const queueReaders: Readonly<Record<string, Reader>> = {
  QueueCallerJoin: withNamed(
    ofQueue((m, at, channel, queue) => ({
      type: 'QueueCallerJoin',
      at,
      channel,
      queue,
      position: whole(m, 'Position'),
      presentation: presentationOf(m),
    })),
  ),
  QueueCallerAbandon: ofQueue((_, at, channel, queue) => ({
    type: 'QueueCallerAbandon',
    at,
    channel,
    queue,
  })),
  QueueCallerLeave: ofQueue((_, at, channel, queue) => ({ type: 'QueueCallerLeave', at, channel, queue })),
  AgentCalled: withNamed(ofOffer((_, offered) => ({ type: 'AgentCalled', ...offered }))),
  AgentConnect: withNamed(
    ofOffer((m, offered) => ({
      type: 'AgentConnect',
      ...offered,
      holdMs: (whole(m, 'HoldTime') ?? 0) * 1000,
    })),
  ),
  AgentRingNoAnswer: ofOffer((_, offered) => ({ type: 'AgentRingNoAnswer', ...offered })),
  AgentComplete: ofMember((m, at, queue, device) => ({
    type: 'AgentComplete',
    at,
    queue,
    device,
    channel: text(m, 'Uniqueid'),
    dest: text(m, 'DestUniqueid'),
    reason: m.get('Reason') ?? '',
  })),
  QueueMemberAdded: member,
  QueueMemberPause: member,
  QueueMemberPenalty: member,
  QueueMemberStatus: member,
  QueueMemberRemoved: ofMember((_, at, queue, device) => ({ type: 'MemberRemoved', at, queue, device })),
};
