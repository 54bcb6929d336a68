import { useLiveClock } from './LiveContext.tsx';

/** The server's clock at this render, ms since the epoch: for "yesterday" and the like, which need no ticking. */
export function useServerNow(): number {
  return useLiveClock().now();
}
