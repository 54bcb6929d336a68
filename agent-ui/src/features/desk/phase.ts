import type { Card } from '@ringdesk/shared/desk';

/** A call that comes to this agent, as against one that they make themselves, which needs no signal. */
export const isIncoming = (card: Card): boolean => card.phase === 'ringing' && card.direction !== 'outbound';

/** The call is over, and its form can be saved. */
export const isOver = (card: Card): boolean =>
  card.phase === 'wrap-up' || card.phase === 'unfinished' || card.phase === 'unanswered';

/** The phase as it is called: an own call that is not answered yet is being dialled; of one that was not taken, how it ended. */
export function phaseName(card: Card) {
  if (card.phase === 'unanswered') return card.attempt ?? 'no-answer';
  return card.phase === 'ringing' && card.direction === 'outbound' ? 'dialling' : card.phase;
}
