import { boot } from '../engine/restart.ts';
import { busyHouse, GAPS } from './gaps.ts';
import type { House } from './house.ts';
import { MORE_SHIPPED } from './more-shipped.ts';

/** A moment at which somebody asked for the state. */
export interface Moment {
  /** Where the recorded answers are. */
  files: readonly string[];
  actions: readonly string[];
  play(house: House): void;
  /** By default that of the older recordings. */
  configuration?: 'shipped';
  /** How long it takes to come to that moment. */
  ms: number;
}

const LISTS = ['QueueStatus', 'QueueSummary', 'CoreShowChannels', 'ExtensionStateList'];
/** What Ringdesk asks for at a login. */
const STATE = ['CoreShowChannels', 'BridgeList', 'QueueStatus'];
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
  'while two are parked': {
    files: ['park-two.parked.ami'],
    actions: STATE,
    play: (house) => MORE_SHIPPED['park-two']?.(house),
    ms: 5900,
    configuration: 'shipped',
  },
  'when one of them was fetched': {
    files: ['park-two.fetched.ami'],
    actions: STATE,
    play: (house) => MORE_SHIPPED['park-two']?.(house),
    ms: 7500,
    configuration: 'shipped',
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
