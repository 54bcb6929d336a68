import type { Random } from '../random.ts';

/** How long things last and how often they happen. All times in ms. */
export interface Pace {
  ringMs(random: Random): number;
  talkMs(random: Random): number;
  patienceMs(random: Random): number;
  gapMs(random: Random, hour: number): number;
  /** Breaks, calls out and the like happen only in a day, not in a load run. */
  lively: boolean;
  /** The numbers that are called (at 2003 who is not served soon is asked for a message), and the keys pressed in the menu: each as often as its share of the calls. */
  dids: readonly [string, ...string[]];
  menuKeys: readonly [string, ...string[]];
  /** Queues that agents send callers on to. */
  transferTo: readonly [string, ...string[]];
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

const times = (count: number, did: string): string[] => Array.from({ length: count }, () => did);

/** Calls an hour, as a share of the busiest: two peaks, quiet nights, but never so quiet that a newcomer sees nothing. */
const SHAPE = [6, 6, 6, 6, 6, 6, 6, 7, 8, 9, 10, 10, 9, 8, 9, 10, 10, 9, 8, 7, 7, 6, 6, 6] as const;
const BUSIEST_GAP_MS = 20_000;

/** A small company's day. */
export function dayPace(): Pace {
  return {
    ringMs: (random) => clamp(random.lognormal(2500, 0.5), 800, 7500),
    talkMs: (random) => clamp(random.lognormal(42_000, 0.6), 8000, 240_000),
    patienceMs: (random) => clamp(random.lognormal(55_000, 0.7), 6000, 280_000),
    gapMs: (random, hour) => random.exponential((BUSIEST_GAP_MS * 10) / (SHAPE[hour] ?? 5)),
    lively: true,
    dids: [
      '2003',
      ...times(8, '2000'),
      ...times(6, '2001'),
      ...times(2, '2002'),
      ...times(4, '2100'),
      '2004',
      '2004',
    ],
    menuKeys: ['1', '1', '2', '2', '3'],
    transferTo: ['2000', '2001', '2002'],
  };
}

/** So many calls a second, evenly random, with talks short enough for the agents there are. */
export function loadPace(callsPerSecond: number, agents: number): Pace {
  const busyMs = clamp((agents / callsPerSecond) * 550, 600, 60_000);
  return {
    ringMs: (random) => clamp(random.lognormal(busyMs * 0.1, 0.4), 50, 6000),
    talkMs: (random) => clamp(random.lognormal(busyMs * 0.8, 0.4), 300, 240_000),
    patienceMs: (random) => clamp(random.lognormal(30_000, 0.7), 5000, 110_000),
    gapMs: (random) => random.exponential(1000 / callsPerSecond),
    lively: false,
    // The three seats of complaints would be a bottleneck: a load run leaves them out.
    dids: ['2000', '2000', '2000', '2000', '2000', '2001', '2001', '2001', '2004', '2100'],
    menuKeys: ['1', '1', '2'],
    transferTo: ['2000', '2001'],
  };
}
