import type { Card } from '@ringdesk/shared/desk';

/** A call that comes to this agent, as against one that they make themselves, which needs no signal. */
export const isIncoming = (card: Card): boolean => card.phase === 'ringing' && card.direction !== 'outbound';

/** The phase as it is called: an own call that is not answered yet is being dialled. */
export const phaseName = (card: Card) =>
  card.phase === 'ringing' && card.direction === 'outbound' ? 'dialling' : card.phase;
