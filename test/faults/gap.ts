import type { Interaction } from '@ringdesk/shared/interaction';
import { telephony } from './records.ts';

/** When the server knew nothing of the PBX (ms since 1970). */
export interface Gap {
  from: number;
  to: number;
}

/** What really happened, sorted by how much of it the server could see. */
export interface ByGap {
  /** Over before the gap, or begun after it. */
  outside: Interaction[];
  /** Went on all through the gap, and nothing happened in it. */
  through: Interaction[];
  /** Went on, but something happened to it meanwhile. */
  changed: Interaction[];
  /** Ended in the gap. */
  lost: Interaction[];
  /** Began in the gap and outlasted it. */
  begun: Interaction[];
  /** Began and ended in the gap: nobody could see it. */
  unseen: Interaction[];
  /** Something happened so close to the gap's ends that either may be right. */
  unclear: Interaction[];
}

const marginMs = 500;

export function sortByGap(truth: Iterable<Interaction>, gap: Gap): ByGap {
  const sorted: ByGap = {
    outside: [],
    through: [],
    changed: [],
    lost: [],
    begun: [],
    unseen: [],
    unclear: [],
  };
  for (const interaction of truth) sorted[kindOf(interaction, gap)].push(interaction);
  return sorted;
}

/** What happened wholly while the server ran: it came to calls that were under way, and left some. */
export function begunAndEndedIn(truth: Iterable<Interaction>, { from, to }: Gap): Interaction[] {
  return [...truth].filter(
    ({ startedAt, endedAt }) =>
      Date.parse(startedAt) > from + marginMs && endedAt !== null && Date.parse(endedAt) < to - marginMs,
  );
}

/** What was under way when the gap began and has ended since; the gap is not over yet. */
export function endedSince(truth: Iterable<Interaction>, from: number): Interaction[] {
  return sortByGap(truth, { from, to: Number.POSITIVE_INFINITY }).lost;
}

function kindOf(interaction: Interaction, { from, to }: Gap): keyof ByGap {
  const times = momentsOf(interaction);
  if (times.some((at) => Math.abs(at - from) < marginMs || Math.abs(at - to) < marginMs)) return 'unclear';
  const began = Date.parse(interaction.startedAt);
  const ended = Date.parse(interaction.endedAt ?? interaction.startedAt);
  if (ended < from || began > to) return 'outside';
  if (began > from) return ended < to ? 'unseen' : 'begun';
  if (ended < to) return 'lost';
  return times.some((at) => at > from && at < to) ? 'changed' : 'through';
}

function momentsOf({ startedAt, endedAt, entries, legs, transfers, timeline }: Interaction): number[] {
  return [
    startedAt,
    endedAt,
    ...entries.flatMap((entry) => [entry.enteredAt, entry.leftAt]),
    ...legs.flatMap((leg) => [leg.offeredAt, leg.answeredAt, leg.endedAt]),
    ...transfers.map((transfer) => transfer.at),
    ...timeline.map((item) => item.at),
  ].flatMap((time) => (time === null ? [] : [Date.parse(time)]));
}

/** The interactions as the database should have them after a gap that nobody could look into. */
export function expectKeptThrough(stored: ReadonlyMap<string, Interaction>, sorted: ByGap, gap: Gap): void {
  const found = (kind: keyof ByGap) => sorted[kind].map(({ id }) => stored.get(id));
  const facts = (interaction: Interaction | undefined) =>
    interaction === undefined ? null : telephony(interaction);

  expect(found('outside').map(facts)).toEqual(sorted.outside.map(facts));
  // Exact to the millisecond; only marked, since nobody knows that nothing was missed.
  expect(found('through').map(facts)).toEqual(
    sorted.through.map((truth) => ({ ...telephony(truth), confidence: 'estimated' })),
  );
  // Who ended it may hang on what was missed, e.g. a transfer.
  const ending = (one: Interaction | undefined) => ({
    id: one?.id,
    startedAt: one?.startedAt,
    endedAt: one?.endedAt,
  });
  expect(found('changed').map(ending)).toEqual(sorted.changed.map(ending));
  expect(found('begun').map((one) => one?.endedAt)).toEqual(sorted.begun.map(({ endedAt }) => endedAt));
  expect(found('lost').map((one) => [one?.id, one?.startedAt, one?.end])).toEqual(
    sorted.lost.map(({ id, startedAt }) => [id, startedAt, 'unknown']),
  );
  // The last that is known of them lies before the gap.
  const late = found('lost').filter((one) => Date.parse(one?.endedAt ?? '') > gap.from + marginMs);
  expect(late).toEqual([]);
  expect(found('unseen')).toEqual(sorted.unseen.map(() => undefined));
}
