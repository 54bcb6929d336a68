import type { Card, CardPhase } from '@ringdesk/shared/desk';

export interface Selection {
  /** The call whose card is shown in full; null: none, the desk is idle. */
  shown: string | null;
  /** The cards of the last view, to tell what is new. */
  known: ReadonlyMap<string, CardPhase>;
}

export const noSelection: Selection = { shown: null, known: new Map() };

const urgency: Record<CardPhase, number> = {
  ringing: 0,
  talking: 1,
  held: 2,
  'wrap-up': 3,
  unanswered: 4,
  unfinished: 8,
  missed: 9,
};

const speaking: Record<CardPhase, number> = { ...urgency, talking: 0, held: 1, ringing: 2 };

/**
 * Which card is shown after a new view. A call that rings comes to the front, unless the agent is in the middle of something there: then it
 * is announced beside it and the agent goes over when ready. A missed call and a form whose time ran out are never in the way; they go to their
 * lists, the form not while it is written in.
 * The call that the agent answers is shown at once: it is what goes on now. Only a key that has just fallen keeps the other one for the moment.
 * @param busy whether the agent is writing, or has a dialog open  @param typing whether a key of a text fell a moment ago
 */
export function nextSelection(
  before: Selection,
  cards: readonly Card[],
  busy: boolean,
  typing: boolean,
): Selection {
  const known = new Map(cards.map((card) => [card.callId, card.phase]));
  const shown = cards.find((card) => card.callId === before.shown);
  const was = shown === undefined ? undefined : before.known.get(shown.callId);
  const leaves =
    shown !== undefined &&
    isListed(shown) &&
    was !== undefined &&
    was !== shown.phase &&
    !(shown.phase === 'unfinished' && busy);
  const stays = shown !== undefined && !leaves;
  const answered = cards.find(
    (card) => card.phase === 'talking' && before.known.get(card.callId) === 'ringing',
  );
  if (answered && !typing) return { shown: answered.callId, known };
  const pop = cards.find((card) => !before.known.has(card.callId) && isLive(card));
  if (pop && !(stays && busy)) return { shown: pop.callId, known };
  if (stays) return { shown: shown.callId, known };
  const open = cards.filter((card) => !isListed(card));
  const [first] = open.sort((a, b) => urgency[a.phase] - urgency[b.phase]);
  return { shown: first?.callId ?? null, known };
}

/** A call that waits in a list of its own until the agent opens it. */
export const isListed = (card: Card): boolean => card.phase === 'missed' || card.phase === 'unfinished';

/** A call that goes on now, as against one that is over and waits to be written up. */
export const isLive = (card: Card): boolean =>
  card.phase === 'ringing' || card.phase === 'talking' || card.phase === 'held';

/** The call on which the call keys act when none is in front: the one that is spoken, else held, else the one that rings. */
export function liveCard(cards: readonly Card[]): Card | null {
  const [first] = cards.filter(isLive).sort((a, b) => speaking[a.phase] - speaking[b.phase]);
  return first ?? null;
}

/** The call after the shown one, round and round; those in lists are left out. */
export function callAfter(cards: readonly Card[], shown: string | null): string | null {
  const open = cards.filter((card) => !isListed(card));
  const at = open.findIndex((card) => card.callId === shown);
  return open[(at + 1) % Math.max(1, open.length)]?.callId ?? null;
}
