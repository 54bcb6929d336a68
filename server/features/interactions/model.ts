import type { Interaction, InteractionSummary, Leg, WrapUpEnd } from '@ringdesk/shared/interaction';

/** What an agent said about a contact when it was over; one per leg. */
export interface WrapUp {
  agent: string;
  disposition: string | null;
  reason: string | null;
  note: string | null;
  /** How long the agent took (ms); null when it is not known. */
  wrapUpMs: number | null;
  /** How the wrap-up ended; null when there was none, not there in what an earlier version wrote. */
  ended?: WrapUpEnd | null;
  /** ISO 8601 UTC with ms. */
  at: string;
}

/**
 * What people add to a contact. It is kept apart from what the telephony says, so that neither overwrites the other, whichever comes first and
 * however often the record is written again.
 */
export interface HumanPart {
  customerId: string | null;
  /** By the leg's place in the interaction. */
  wrapUps: ReadonlyMap<number, WrapUp>;
}

/** The interaction as the world sees it: the telephony's record with what people added. */
export function withHumanPart(record: Interaction, human: HumanPart): Interaction {
  const wrapUps = [...human.wrapUps].sort(([one], [other]) => one - other).map(([, wrapUp]) => wrapUp);
  return {
    ...record,
    customerId: human.customerId ?? record.customerId,
    disposition: last(wrapUps, 'disposition') ?? record.disposition,
    reason: last(wrapUps, 'reason') ?? record.reason,
    note: joinedNote(wrapUps) ?? record.note,
    legs: record.legs.map((leg, index) => withWrapUp(leg, human.wrapUps.get(index))),
  };
}

function withWrapUp(leg: Leg, said: WrapUp | undefined): Leg {
  if (said === undefined) return leg;
  const { ended = null, agent: by, at } = said;
  return {
    ...leg,
    wrapUpMs: said.wrapUpMs ?? leg.wrapUpMs,
    ...(ended === null ? {} : { wrapUp: { ended, by, at } }),
  };
}

/** After a transfer the agent who had the customer last decides what it was about. */
function last(wrapUps: readonly WrapUp[], field: 'disposition' | 'reason'): string | null {
  return wrapUps.reduce<string | null>((latest, wrapUp) => wrapUp[field] ?? latest, null);
}

/** All agents' notes in the order of their legs. A note that continues an earlier one (it came along with the transfer) stands for both. */
function joinedNote(wrapUps: readonly WrapUp[]): string | null {
  const notes: string[] = [];
  for (const { note } of wrapUps) {
    if (note === null || note.trim() === '') continue;
    const contained = notes.findIndex((earlier) => note.includes(earlier));
    if (contained >= 0) notes.splice(contained, 1);
    if (!notes.some((earlier) => earlier.includes(note))) notes.push(note);
  }
  return notes.length === 0 ? null : notes.join('\n\n');
}

/** The agents and queues that a contact is found by. A consultation is found too: it took the agent's time. */
export function foundBy(record: Interaction): { agents: string[]; queues: string[] } {
  const queues = [...record.entries.map((entry) => entry.queue), ...record.legs.map((leg) => leg.queue)];
  return {
    agents: [...new Set(record.legs.map((leg) => leg.agent))],
    queues: [...new Set(queues.filter((queue) => queue !== null))],
  };
}

/**
 * One line of a customer's timeline.
 * @param nameOf the agent's name, null when nobody of that id is known
 */
export function summaryOf(
  interaction: Interaction,
  nameOf: (agent: string) => string | null,
  sharedWith: readonly string[] = [],
): InteractionSummary {
  const spoke = interaction.legs
    .filter((leg) => !leg.consultation && leg.answeredAt !== null)
    .sort((one, other) => ((one.answeredAt ?? '') < (other.answeredAt ?? '') ? -1 : 1));
  const agent = spoke.at(-1)?.agent ?? null;
  const entries = interaction.entries.filter((entry) => !entry.consultation);
  return {
    id: interaction.id,
    direction: interaction.direction,
    number: interaction.number,
    startedAt: interaction.startedAt,
    endedAt: interaction.endedAt,
    outcome: interaction.outcome,
    queue: entries.at(-1)?.queue ?? null,
    agent,
    agentName: agent === null ? null : nameOf(agent),
    talkMs: spoke.reduce((sum, leg) => sum + (leg.talkMs ?? 0), 0),
    disposition: interaction.disposition,
    reason: interaction.reason,
    note: interaction.note,
    sharedWith: [...sharedWith],
  };
}

/** A place in a list that is ordered by start and id, newest first. */
export interface Place {
  /** ms since the epoch */
  startedAt: number;
  id: string;
}

export function cursorOf({ startedAt, id }: Place): string {
  return `${startedAt.toString(36)}.${id}`;
}

/** null when the text is no cursor. */
export function placeOf(cursor: string): Place | null {
  const parts = /^([0-9a-z]{1,11})\.(.{1,200})$/s.exec(cursor);
  if (parts?.[1] === undefined || parts[2] === undefined) return null;
  return { startedAt: Number.parseInt(parts[1], 36), id: parts[2] };
}

/** Newest first; equal starts by id, so that the order is the same on every page. */
export function newestFirst(one: Interaction, other: Interaction): number {
  if (one.startedAt !== other.startedAt) return one.startedAt < other.startedAt ? 1 : -1;
  return one.id < other.id ? 1 : -1;
}
