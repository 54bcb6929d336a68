import { deviceStateOf } from '../engine/device-state.ts';
import { memberOfDevice } from '../engine/members.ts';
import type { Channel, Pbx, Phone } from '../engine/state.ts';
import type { Random } from '../random.ts';
import type { Callers } from './callers.ts';
import type { Calls } from './calls.ts';

/** Why a member is paused, in the words of the desk: nobody sits there, or the agent still writes about the last call. */
export const OFFLINE = 'offline';
const WRAP_UP = 'wrap-up';

const DID_OF_QUEUE: Readonly<Record<string, string>> = { sales: '2000', support: '2001', complaints: '2002' };
const TICK_MS = 500;

export interface SeatsOptions {
  pbx: Pbx;
  random: Random;
  calls: Calls;
  callers: Callers;
  /** What a taken seat's phone does when it rings, and what it did before. */
  person: (leg: Channel) => void;
  /** From becoming available to the first call, ms. */
  firstCallAfterMs: number;
}

interface Seat {
  phone: Phone;
  /** When the next call is due; null: to be drawn when the phone is idle. */
  dueAt: number | null;
  served: number;
}

/**
 * The seats that people have taken. A person takes a seat by becoming available from `offline`, or by a break of their own, and leaves it by
 * going offline. Calls that are meant for them come at a pleasant pace, the first one at once and from a customer who is known.
 */
export function createSeats(options: SeatsOptions): { stop(): void } {
  const { pbx, random, calls, callers, person, firstCallAfterMs } = options;
  const seats = new Map<string, Seat>();

  function isFree({ phone }: Seat): boolean {
    const memberships = memberOfDevice(pbx, phone.device);
    return (
      memberships.length > 0 &&
      memberships.some(({ member }) => !member.paused) &&
      deviceStateOf(pbx, phone.device) === 'NOT_INUSE'
    );
  }

  function take(device: string): Seat | null {
    const phone = pbx.phones.get(device);
    const known = seats.get(device);
    if (known !== undefined || phone === undefined) return known ?? null;
    const seat: Seat = { phone, dueAt: null, served: 0 };
    seats.set(device, seat);
    phone.onRing = person;
    pbx.reserved.add(device);
    return seat;
  }

  pbx.onPaused = (device, before, now) => {
    if (now === OFFLINE) {
      seats.delete(device);
      return;
    }
    if (now !== null) {
      if (now !== WRAP_UP) take(device);
      return;
    }
    if (before === null) return;
    const seat = before === WRAP_UP ? seats.get(device) : take(device);
    if (seat === undefined || seat === null) return;
    const first = seat.served === 0 || before !== WRAP_UP;
    seat.dueAt = pbx.world.now() + (first ? firstCallAfterMs : random.whole(8000, 20_000));
  };

  function ring(seat: Seat): void {
    const { device } = seat.phone;
    const open = memberOfDevice(pbx, device).filter(({ member }) => !member.paused);
    const did = DID_OF_QUEUE[open[0]?.queue.name ?? ''];
    if (did === undefined) return;
    const dice = random.fork(`seat ${device} ${seat.served}`);
    const caller = seat.served === 0 ? callers.known(dice) : callers.next(dice);
    seat.served++;
    calls.comeIn({ caller, did, meantFor: device, random: dice });
  }

  let stopped = false;
  function tick(): void {
    if (stopped) return;
    const now = pbx.world.now();
    for (const seat of seats.values()) {
      if (!isFree(seat)) {
        if (seat.dueAt !== null && seat.dueAt < now) seat.dueAt = null;
      } else if (seat.dueAt === null) seat.dueAt = now + random.whole(20_000, 40_000);
      else if (now >= seat.dueAt) {
        seat.dueAt = null;
        ring(seat);
      }
    }
    pbx.world.after(TICK_MS, tick);
  }
  tick();
  return {
    stop() {
      stopped = true;
    },
  };
}
