import type { CallEvent, CallParty, LegRef, QueueMember } from '@ringdesk/shared/call-events';
import type { Interaction, QueueEntry, Transfer } from '@ringdesk/shared/interaction';
import { adviceOn } from './advice.ts';
import { callWords, endedByWords, entryWords, legWords, numberWords, seconds, stateWords } from './words.ts';

/** A sentence about what has just happened. `at` is ISO 8601, as in the event; null for what is so already (members of queues). */
export interface Sentence {
  at: string | null;
  text: string;
}

export interface ExplainFacts {
  /** Why this device is taken for a phone of ours, or for a line: a half-sentence such as `its name is an extension`; null when nobody knows. */
  whyPhone?(device: string): string | null;
}

type LegEvent = Extract<CallEvent, { leg: LegRef }>;

/**
 * Tells calls in plain words, for who connects a PBX and wants to see that it is understood: who is a phone, who is outside, which queue, why this
 * agent. It knows nothing but the events that it is given, so that a recording is told as the live call was.
 */
export class Explainer {
  /** Calls are numbered in the order in which they began. */
  private readonly calls = new Map<string, { number: number; party: CallParty }>();
  private readonly members = new Map<string, QueueMember>();
  private count = 0;
  private readonly facts: ExplainFacts;

  constructor(facts: ExplainFacts = {}) {
    this.facts = facts;
  }

  /** What the event means, in the order of the calls. */
  sentences(event: CallEvent): Sentence[] {
    const at = 'at' in event ? event.at : null;
    const callId = 'callId' in event ? event.callId : null;
    const sentences = this.words(event).map((text) => ({
      at,
      text: callId === null ? text : `${this.nameOf(callId)}${text.startsWith(':') ? '' : ' '}${text}`,
    }));
    if (event.type === 'call.merged') this.calls.delete(event.from);
    if (event.type === 'interaction.ended') this.calls.delete(event.callId);
    return sentences;
  }

  private nameOf(callId: string): string {
    return `Call ${this.calls.get(callId)?.number ?? '?'}`;
  }

  private words(event: CallEvent): string[] {
    switch (event.type) {
      case 'member.changed':
        this.members.set(`${event.member.queue}\n${event.member.device}`, event.member);
        return [];
      case 'member.removed':
        this.members.delete(`${event.queue}\n${event.device}`);
        return [];
      case 'device.changed':
        return [];
      case 'call.started':
        this.count += 1;
        this.calls.set(event.callId, { number: this.count, party: event.party });
        return [`begins: ${partyWords(event.party)}.`];
      case 'call.party':
        return this.learned(event.callId, event.party);
      case 'call.answered':
        return ['is answered by the other side.'];
      case 'call.merged':
        return [`takes up call ${this.calls.get(event.from)?.number ?? '?'}: they are one and the same.`];
      case 'queue.joined':
        return this.joined(event.entry);
      case 'queue.left':
        return [left(event.entry)];
      case 'call.transferred':
        return [transferWords(event.transfer)];
      case 'interaction.ended':
        return over(event.interaction);
      default:
        return this.legEventWords(event);
    }
  }

  private learned(callId: string, party: CallParty): string[] {
    const call = this.calls.get(callId);
    const before = call === undefined ? null : partyWords(call.party);
    if (call !== undefined) call.party = party;
    const now = partyWords(party);
    return now === before ? [] : [`is known better now: ${now}.`];
  }

  /** With the members as they are, for this is why an agent is rung or not. */
  private joined(entry: QueueEntry): string[] {
    const there = [...this.members.values()].filter(({ queue }) => queue === entry.queue);
    const who = there.map(memberWords);
    const place = entry.position === null ? '' : ` at place ${entry.position}`;
    const for_ = entry.consultation ? 'An agent who asks for advice' : 'The caller';
    return [
      `: ${for_} waits in queue ${entry.queue}${place}. ${who.length === 0 ? 'Its members are not known here.' : `Its members: ${who.join('; ')}.`}`,
    ];
  }

  private legEventWords(event: LegEvent): string[] {
    const { leg } = event;
    switch (event.type) {
      case 'leg.offered':
        return [this.offered(leg)];
      case 'leg.answered':
        return [`: agent ${leg.agent} is on the line (${leg.device}).`];
      case 'leg.held':
        return [`: agent ${leg.agent} puts the other side on hold.`];
      case 'leg.resumed':
        return [`: agent ${leg.agent} talks on.`];
      case 'leg.ended':
        return event.outcome === 'answered'
          ? [`: agent ${leg.agent} is done: ${endedByWords[event.endedBy ?? 'unknown']}.`]
          : [`: the phone of agent ${leg.agent} ${legWords[event.outcome]}.`];
    }
  }

  private offered(leg: LegRef): string {
    const why = this.facts.whyPhone?.(leg.device) ?? null;
    const phone = `${leg.device}, a phone of ours (agent ${leg.agent}${why === null ? '' : `: ${why}`})`;
    const asked = leg.consultation ? ', to be asked for advice' : '';
    if (leg.queue === null) return `: ${phone}, takes part${asked}.`;
    const member = [...this.members.values()].find((m) => m.queue === leg.queue && isOf(m, leg));
    const reason =
      member === undefined ? '' : `, a member that is not paused, with penalty ${member.penalty}`;
    return `: queue ${leg.queue} rings ${phone}${reason}${asked}.`;
  }
}

function isOf(member: QueueMember, leg: LegRef): boolean {
  return member.device === leg.device || member.device.includes(`/${leg.agent}@`);
}

function memberWords(member: QueueMember): string {
  const { device, name, paused, pausedReason, state } = member;
  const who = name === device ? device : `${name} (${device})`;
  if (paused) return `${who} is paused${pausedReason === null ? '' : ` (${pausedReason})`}`;
  return `${who} ${stateWords[state]}`;
}

function partyWords(party: CallParty): string {
  const called = party.did === null ? '' : ` for ${party.did}`;
  switch (party.direction) {
    case 'inbound':
      return `from outside, ${numberWords(party)}${called}`;
    case 'outbound':
      return `to the outside, ${numberWords(party)}`;
    case 'internal':
      return `inside the house, from ${party.numberRaw ?? 'an unknown phone'}${called}`;
  }
}

function left({ queue, waitMs, outcome, agent }: QueueEntry): string {
  const wait = waitMs === null ? '' : ` after ${seconds(waitMs)}`;
  if (outcome === 'answered') return `: the wait in queue ${queue} is over${wait}: agent ${agent} answers.`;
  return `: the wait in queue ${queue} is over${wait}: ${entryWords[outcome ?? 'unknown']}.`;
}

function transferWords({ kind, by, to, toQueue }: Transfer): string {
  const who = by === null ? 'somebody' : `agent ${by}`;
  const whither = toQueue === null ? (to ?? 'nobody yet') : `queue ${toQueue}`;
  return kind === 'park'
    ? `: ${who} parks it.`
    : kind === 'pickup'
      ? `: ${who} picks it up from a colleague's phone.`
      : `: ${who} hands it on to ${whither}${kind === 'blind' ? ', without asking' : ', having asked'}.`;
}

function over(record: Interaction): string[] {
  const { startedAt, endedAt, outcome, end, legs, confidence } = record;
  const lasted = endedAt === null ? '' : ` after ${seconds(Date.parse(endedAt) - Date.parse(startedAt))}`;
  const talks = legs.flatMap(({ agent, talkMs, consultation }) =>
    talkMs === null || consultation ? [] : [`${agent} talked for ${seconds(talkMs)}`],
  );
  const what = outcome === null ? 'how it went is not known' : callWords[outcome];
  return [
    `is over${lasted}: ${what}; ${endedByWords[end ?? 'unknown']}.${talks.length === 0 ? '' : ` Agent ${talks.join(', agent ')}.`}`,
    ...(confidence === 'estimated'
      ? [': a part of it was not heard, so its record is marked as estimated.']
      : []),
    ...adviceOn(record).map((text) => `: ${text}`),
  ];
}
