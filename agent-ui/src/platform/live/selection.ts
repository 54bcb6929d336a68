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

/**
 * Which card is shown after a new view. A call that rings comes to the front, unless the agent is in the middle of something there: then it
 * is announced beside it and the agent goes over when ready. A missed call and a form whose time ran out are never in the way; they go to their
 * lists, the form not while it is written in.
 * @param busy whether the agent is writing, or has a dialog open
 */
export function nextSelection(before: Selection, cards: readonly Card[], busy: boolean): Selection {
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

/** The call after the shown one, round and round; those in lists are left out. */
export function callAfter(cards: readonly Card[], shown: string | null): string | null {
  const open = cards.filter((card) => !isListed(card));
  const at = open.findIndex((card) => card.callId === shown);
  return open[(at + 1) % Math.max(1, open.length)]?.callId ?? null;
}
