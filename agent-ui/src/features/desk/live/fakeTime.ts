/** Timers that run when a test says so. */
export interface FakeTime {
  later(act: () => void, ms: number): () => void;
  /** Runs what is due within the next `ms`, in order, and lets the promises of each settle. */
  pass(ms: number): Promise<void>;
}

export function createFakeTime(): FakeTime {
  let now = 0;
  let timers: { at: number; act: () => void }[] = [];
  const settle = async () => {
    for (let i = 0; i < 10; i += 1) await Promise.resolve();
  };
  return {
    later(act, ms) {
      const timer = { at: now + ms, act };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    async pass(ms) {
      const until = now + ms;
      await settle();
      for (;;) {
        const next = timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        now = next.at;
        timers = timers.filter((timer) => timer !== next);
        next.act();
        await settle();
      }
      now = until;
    },
  };
}

/** A browser's storage in memory; `full` makes it refuse to write. */
export function createMemoryStorage(): Storage & { full: boolean } {
  const kept = new Map<string, string>();
  return {
    full: false,
    get length() {
      return kept.size;
    },
    clear: () => kept.clear(),
    getItem: (key) => kept.get(key) ?? null,
    key: (index) => [...kept.keys()][index] ?? null,
    removeItem: (key) => void kept.delete(key),
    setItem(key, value) {
      if (this.full) throw new Error('QuotaExceededError');
      kept.set(key, value);
    },
  };
}
