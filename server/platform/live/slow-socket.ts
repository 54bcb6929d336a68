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

/** Messages that must all come, in order, to one socket; as long as it takes them within reason. */
export interface Lane<T> {
  /** @returns false when too many wait already: this one is not taken */
  offer(value: T): boolean;
}

/** @param most messages that may wait for a slow socket */
export function createLane<T>(transport: Transport, send: (value: T) => void, most: number): Lane<T> {
  const waiting: T[] = [];

  function onReady(): void {
    while (transport.writable) {
      const next = waiting.shift();
      if (next === undefined) return;
      send(next);
    }
    if (waiting.length > 0) transport.once('ready', onReady);
  }

  return {
    offer(value) {
      if (waiting.length >= most) return false;
      if (waiting.length === 0 && transport.writable) {
        send(value);
        return true;
      }
      if (waiting.length === 0) transport.once('ready', onReady);
      waiting.push(value);
      return true;
    },
  };
}
