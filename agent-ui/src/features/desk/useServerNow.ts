import { useLive } from '../../platform/live/LiveContext.tsx';

/** The server's clock at this render, ms since the epoch: for "yesterday" and the like, which need no ticking. */
export function useServerNow(): number {
  return useLive()?.store.serverNow() ?? Date.now();
}
