import { useLiveClock } from '../platform/live/LiveContext.tsx';
import { formatDuration } from './format.ts';
import { useTicking } from './ticker.ts';

interface Props {
  /** ISO 8601: when it began. */
  since: string;
  /** ISO 8601: when it ended; a running one has none. */
  until?: string | null | undefined;
  /** The timer of a call stands still while the link to the PBX, or to the server, is down: nobody knows how the call goes on. */
  ofCall?: boolean;
}

/** How long something lasts, on the server's clock. */
export function Duration({ since, until, ofCall = false }: Props) {
  const clock = useLiveClock();
  const text = useTicking(() => {
    const frozen = ofCall ? clock.unheardSince() : null;
    const end = until ? Date.parse(until) : (frozen ?? clock.now());
    return formatDuration(end - Date.parse(since));
  });
  return (
    <time className="num" role="timer" aria-live="off">
      {text}
    </time>
  );
}

/** What is left until a moment: `0:45`. */
export function Countdown({ until }: { until: string }) {
  const clock = useLiveClock();
  const text = useTicking(() => formatDuration(Date.parse(until) - clock.now() + 999));
  return (
    <time className="num" role="timer" aria-live="off">
      {text}
    </time>
  );
}
