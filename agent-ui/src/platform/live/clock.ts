/**
 * The server's clock as the page knows it. A push carries the server's time but arrives later, so each sample is late by the way it took;
 * the least late of the last few is the best. A sample far from the rest means that one of the clocks was set, and starts anew.
 */
export interface ServerClock {
  /** @param serverNow ms, from the push  @param localNow ms, when it arrived */
  learn(serverNow: number, localNow: number): void;
  /** ms since the epoch, on the server's clock */
  at(localNow: number): number;
}

const samplesKept = 8;
const jumpMs = 5_000;

export function createServerClock(): ServerClock {
  let offsets: number[] = [];
  const offset = () => (offsets.length === 0 ? 0 : Math.max(...offsets));
  return {
    learn(serverNow, localNow) {
      const sample = serverNow - localNow;
      if (offsets.length > 0 && Math.abs(sample - offset()) > jumpMs) offsets = [];
      offsets = [...offsets.slice(-(samplesKept - 1)), sample];
    },
    at: (localNow) => localNow + offset(),
  };
}
