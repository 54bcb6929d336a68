import type { Card } from '@ringdesk/shared/desk';
import { Duration } from '../../ui/Duration.tsx';
import { useTicking } from '../../ui/ticker.ts';
import { useLive } from './live/LiveContext.tsx';
import styles from './PhaseTimer.module.css';

/** How long the call has been in its phase: it rings since the offer, is talked since the answer, holds since it was put on hold, is written up since the end. */
export function PhaseTimer({ card }: { card: Card }) {
  const { phase, offeredAt, answeredAt, endedAt, heldSince } = card;
  switch (phase) {
    case 'ringing':
      return <Duration since={offeredAt} ofCall />;
    case 'talking':
      return <Duration since={answeredAt ?? offeredAt} ofCall />;
    case 'held':
      return <HoldTimer since={heldSince ?? answeredAt ?? offeredAt} />;
    case 'wrap-up':
      return <Duration since={endedAt ?? offeredAt} />;
    case 'unfinished':
      return <Duration since={answeredAt ?? offeredAt} until={endedAt ?? offeredAt} />;
    default:
      return <Duration since={offeredAt} until={endedAt ?? offeredAt} />;
  }
}

/** A customer should not wait longer without a word, ms. */
const longHoldMs = 60_000;

function HoldTimer({ since }: { since: string }) {
  const live = useLive();
  const long = useTicking(() => (live?.store.serverNow() ?? Date.now()) - Date.parse(since) >= longHoldMs);
  return (
    <span className={long ? styles.long : undefined} data-long={long}>
      <Duration since={since} ofCall />
    </span>
  );
}
