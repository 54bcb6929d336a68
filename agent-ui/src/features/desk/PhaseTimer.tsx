import type { Card } from '@ringdesk/shared/desk';
import { Duration } from '../../ui/Duration.tsx';

/** How long the call has been in its phase: it rings since the offer, is talked since the answer, is written up since the end. */
export function PhaseTimer({ card }: { card: Card }) {
  const { phase, offeredAt, answeredAt, endedAt } = card;
  if (phase === 'ringing') return <Duration since={offeredAt} ofCall />;
  if (phase === 'missed' || phase === 'unanswered')
    return <Duration since={offeredAt} until={endedAt ?? offeredAt} />;
  if (phase === 'unfinished')
    return <Duration since={answeredAt ?? offeredAt} until={endedAt ?? offeredAt} />;
  if (phase === 'wrap-up') return <Duration since={endedAt ?? offeredAt} />;
  return <Duration since={answeredAt ?? offeredAt} ofCall />;
}
