/** Asks again and again until the answer is not null. For what tells nobody of itself; what does is awaited. */
export async function eventually<T>(what: string, ask: () => Promise<T | null>, ms = 40_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const answer = await ask().catch(() => null);
    if (answer !== null) return answer;
    if (Date.now() > end) throw new Error(`${what}: not within ${ms} ms`);
    await passed(100);
  }
}

/** A stretch of time that is itself what is tested: an outage of so many ms. */
export function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
