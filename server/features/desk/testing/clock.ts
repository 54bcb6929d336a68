/** A clock and its timers that stand still until the test moves them. */
export function aClock(start: number) {
  let now = start;
  const timers = new Map<number, { due: number; run: () => void }>();
  let counter = 0;
  /** By how much somebody set the wall's clock. */
  let setBy = 0;
  return {
    now: () => now + setBy,
    /** What nobody can set. */
    elapsed: () => now,
    /** Sets the wall's clock; timers do not care. */
    set(by: number): void {
      setBy += by;
    },
    setTimer(run: () => void, ms: number): () => void {
      counter += 1;
      const id = counter;
      timers.set(id, { due: now + ms, run });
      return () => timers.delete(id);
    },
    /** Moves on by `ms`; whatever is due meanwhile happens at its time. */
    pass(ms: number): void {
      const end = now + ms;
      for (;;) {
        const [first] = [...timers].sort(([, a], [, b]) => a.due - b.due);
        if (first === undefined || first[1].due > end) break;
        timers.delete(first[0]);
        now = Math.max(now, first[1].due);
        first[1].run();
      }
      now = end;
    },
  };
}
