import { deviceStateOf } from '../engine/device-state.ts';
import { memberOfDevice } from '../engine/members.ts';
import { answer, putDown, showRinging } from '../engine/phone.ts';
import type { Channel, Pbx } from '../engine/state.ts';
import type { Random } from '../random.ts';
import type { Callers } from './callers.ts';
import type { Calls } from './calls.ts';

/** One agent whose phone hardly ever rests: for measuring what this agent sees. All times in ms. */
export interface BusySeat {
  /** The queue member's interface; a member of `sales` or `support`. */
  device: string;
  ringMs: number;
  talkMs: number;
  /** From being free to the next call. */
  gapMs: number;
}

const DID_OF_QUEUE: Readonly<Record<string, string>> = { sales: '2000', support: '2001' };
const LOOK_EVERY_MS = 25;

/** Lets calls in that are meant for this agent, one after the other. Nobody else's calls ring there. */
export function startBusySeat(options: {
  pbx: Pbx;
  random: Random;
  calls: Calls;
  callers: Callers;
  seat: BusySeat;
}): { closeDoors(): void } {
  const { pbx, random, calls, callers, seat } = options;
  const { world: clock } = pbx;
  const phone = pbx.phones.get(seat.device);
  const did = memberOfDevice(pbx, seat.device)
    .map(({ queue }) => DID_OF_QUEUE[queue.name])
    .find((found) => found !== undefined);
  if (phone === undefined || did === undefined)
    throw new Error(`${seat.device} is no phone of the queues sales and support`);
  let closed = false;
  let served = 0;

  function later(leg: Channel, ms: number, task: () => void): void {
    clock.after(ms, () => {
      if (!leg.gone) task();
    });
  }
  phone.onRing = (leg) => {
    later(leg, 5, () => showRinging(pbx, leg));
    later(leg, seat.ringMs, () => answer(pbx, leg));
    later(leg, seat.ringMs + seat.talkMs, () => putDown(pbx, leg));
  };
  pbx.reserved.add(seat.device);

  function isFree(): boolean {
    return (
      deviceStateOf(pbx, seat.device) === 'NOT_INUSE' &&
      memberOfDevice(pbx, seat.device).every(({ member }) => !member.paused)
    );
  }
  function look(): void {
    if (closed) return;
    if (isFree()) clock.after(seat.gapMs, ring);
    else clock.after(LOOK_EVERY_MS, look);
  }
  function ring(): void {
    if (closed) return;
    if (isFree()) {
      const dice = random.fork(`call ${served++}`);
      calls.comeIn({ caller: callers.next(dice), did: did ?? '', meantFor: seat.device, random: dice });
      // The call needs a moment to reach the phone.
      clock.after(seat.ringMs + seat.talkMs, look);
    } else look();
  }
  look();
  return {
    closeDoors() {
      closed = true;
    },
  };
}
