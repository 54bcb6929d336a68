/** The part of an Engine.IO transport that tells whether the other side keeps up. */
export interface Transport {
  /** False from a write until the kernel has taken it. */
  readonly writable: boolean;
  once(event: 'ready', listener: () => void): unknown;
}

/**
 * Sends the newest of what is offered to one socket. A device on a bad line that has not taken the last message yet does not get all the
 * versions in between, one after the other, when the line is better: it gets the newest, as soon as it takes anything.
 */
export interface NewestOnly<T> {
  /** @returns whether the socket takes it now; else it is kept, instead of what was kept before */
  offer(value: T): boolean;
}

export function createNewestOnly<T>(transport: Transport, send: (value: T) => void): NewestOnly<T> {
  let kept: { value: T } | null = null;

  function onReady(): void {
    // Another message may have gone out first: then this one waits for the next time.
    if (!transport.writable) {
      transport.once('ready', onReady);
      return;
    }
    const newest = kept;
    kept = null;
    if (newest !== null) send(newest.value);
  }

  return {
    offer(value) {
      if (kept === null && transport.writable) return true;
      if (kept === null) transport.once('ready', onReady);
      kept = { value };
      return false;
    },
  };
}
