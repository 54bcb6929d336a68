import { boot } from '../engine/restart.ts';
import { GAPS } from './gaps.ts';
import type { House } from './house.ts';

/** A client that comes back, and hears what is said from then on. */
export interface ComeBack {
  /** The recording of those who were there all the time, up to the moment at which the client came; null when nobody was. */
  before: string | null;
  play(house: House): void;
  /** When it logs in, ms. */
  atMs: number;
  /** What happens once it has. */
  next(house: House): void;
}

/** By the recording of what the client heard. */
export const COME_BACK: Readonly<Record<string, ComeBack>> = {
  'restart.after': {
    before: null,
    play: (house) => GAPS['restart']?.(house),
    atMs: 3000,
    next: (house) => boot(house.pbx),
  },
  'network-loss.client-again': {
    before: 'network-loss',
    play: (house) => GAPS['network-loss']?.(house),
    atMs: 6400,
    next: (house) => house.advance(30_000),
  },
};
