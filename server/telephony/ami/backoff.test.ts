import fc from 'fast-check';
import { backoffMs } from './backoff.ts';

const limits = { minMs: 200, maxMs: 10_000 };

describe('backoffMs', () => {
  it.each([
    [0, 400],
    [1, 800],
    [4, 6400],
    [5, 10_000],
    [1_000_000, 10_000],
  ])('grows with attempt %i up to %i ms', (attempt, ceiling) => {
    expect(backoffMs(attempt, { ...limits, random: () => 0 })).toBe(200);
    expect(backoffMs(attempt, { ...limits, random: () => 0.999999 })).toBe(ceiling);
  });

  it('is spread over the whole range: full jitter', () => {
    fc.assert(
      fc.property(
        fc.nat(100),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, x) => {
          const low = backoffMs(attempt, { ...limits, random: () => 0 });
          const high = backoffMs(attempt, { ...limits, random: () => 0.999999 });
          const delay = backoffMs(attempt, { ...limits, random: () => x });
          expect(delay).toBeGreaterThanOrEqual(200);
          expect(Math.abs(delay - (low + x * (high - low)))).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
