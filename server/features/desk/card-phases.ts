import type { AgentDesk, DeskCard } from './state.ts';

/** Which card it is, and how far. */

export function cardOf(desk: AgentDesk, callId: string): DeskCard | undefined {
  return desk.cards.find((card) => card.callId === callId);
}

export function isLive(card: DeskCard): boolean {
  return card.phase === 'ringing' || card.phase === 'talking' || card.phase === 'held';
}

export function isSpeaking(card: Pick<DeskCard, 'phase'>): boolean {
  return card.phase === 'talking' || card.phase === 'held';
}
