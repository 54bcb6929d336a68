import { boot } from '../engine/restart.ts';
import { busyHouse, GAPS } from './gaps.ts';
import type { House } from './house.ts';

/** A moment at which somebody asked for the state. */
export interface Moment {
  /** Where the recorded answers are. */
  files: readonly string[];
  actions: readonly string[];
  play(house: House): void;
  /** How long it takes to come to that moment. */
  ms: number;
}

const LISTS = ['QueueStatus', 'QueueSummary', 'CoreShowChannels', 'ExtensionStateList'];
const LINK_AGAIN = ['CoreShowChannels', 'QueueStatus', 'CoreShowChannels'];

/** Down, and up again. */
function gone(house: House, how: 'restart' | 'crash'): void {
  GAPS[how]?.(house);
  house.at(3100, () => boot(house.pbx));
}

export const MOMENTS: Readonly<Record<string, Moment>> = {
  'in a quiet house': {
    files: LISTS.map((list) => `states.snapshots/quiet.${list}.ami`),
    actions: LISTS,
    play: () => undefined,
    ms: 0,
  },
  'in a busy house': {
    files: LISTS.map((list) => `states.snapshots/busy.${list}.ami`),
    actions: LISTS,
    play: busyHouse,
    ms: 6000,
  },
  'when everybody is hung up': {
    files: ['states.ami'],
    actions: ['CoreShowChannels'],
    play: busyHouse,
    ms: 7000,
  },
  'after a gap in the network': {
    files: ['network-loss.client-again.ami'],
    actions: ['CoreShowChannels', 'QueueStatus'],
    play: (house) => GAPS['network-loss']?.(house),
    ms: 6400,
  },
  'after a restart': {
    files: ['restart.after.ami'],
    actions: LINK_AGAIN,
    play: (house) => gone(house, 'restart'),
    ms: 3200,
  },
  'after a crash': {
    files: ['crash.after.ami'],
    actions: LINK_AGAIN,
    play: (house) => gone(house, 'crash'),
    ms: 3200,
  },
};
