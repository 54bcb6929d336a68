/** Lets others have their turn when the work has lasted long enough; to be asked between any two small steps of it. */
export type Pace = () => Promise<void> | undefined;

/**
 * @param options.longestMs work without a turn for others, ms
 * @param options.now ms, of a clock that never runs back
 * @param options.turn resolves after everything that waits for the event loop was served once
 */
export function createPace(options: { longestMs: number; now(): number; turn(): Promise<void> }): Pace {
  const { longestMs, now, turn } = options;
  let since = now();
  return () => (now() - since < longestMs ? undefined : rest());

  async function rest(): Promise<void> {
    await turn();
    since = now();
  }
}

/** Calls ring on the same event loop: an import works for 3 ms at a time. */
export function politely(): Pace {
  return createPace({
    longestMs: 3,
    now: () => performance.now(),
    turn: () => new Promise((resolve) => setImmediate(resolve)),
  });
}
