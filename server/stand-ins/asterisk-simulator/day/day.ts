import { deviceStateOf } from '../engine/device-state.ts';
import { memberOfDevice, pauseMember } from '../engine/members.ts';
import { putDown } from '../engine/phone.ts';
import type { Pbx, Phone } from '../engine/state.ts';
import type { Random } from '../random.ts';
import type { Callers } from './callers.ts';
import type { Calls } from './calls.ts';
import type { Pace } from './pace.ts';

export interface DayOptions {
  pbx: Pbx;
  random: Random;
  pace: Pace;
  calls: Calls;
  callers: Callers;
  /** Whether an agent is played by the simulator at this moment. */
  isAutomatic(phone: Phone): boolean;
}

const BREAKS = ['Обед', 'Перерыв', 'Обучение', 'Break'] as const;
const BREAK_EVERY_MS = 240_000;
const CALL_OUT_EVERY_MS = 90_000;
const ASK_EVERY_MS = 300_000;

const LONGEST_CALL_MS = 30 * 60_000;

/** Nobody talks for ever: what is left of a call that nothing else ended is put down. */
function sweep(pbx: Pbx): void {
  const now = pbx.world.now();
  for (const channel of [...pbx.channels.values()])
    if (now - channel.createdAt > LONGEST_CALL_MS) putDown(pbx, channel);
  pbx.world.after(60_000, () => sweep(pbx));
}

/** Starts the stream of calls and, in a day, of breaks, calls out and calls to colleagues. Stops with its clock; `closeDoors` lets no more callers in. */
export function startDay(options: DayOptions): { closeDoors(): void } {
  const { pbx, random, pace, calls, callers, isAutomatic } = options;
  const { world: clock } = pbx;
  const arrivals = random.fork('arrivals');
  let started = 0;
  let closed = false;
  const doors = {
    closeDoors() {
      closed = true;
    },
  };

  function comeIn(): void {
    if (closed) return;
    const dice = random.fork(`call ${started++}`);
    const caller = callers.next(dice);
    calls.comeIn({ caller, did: dice.pick(pace.dids), random: dice });
    arrive();
  }
  function arrive(): void {
    clock.after(pace.gapMs(arrivals, new Date(clock.now()).getHours()), comeIn);
  }

  function idleAgent(dice: Random, but: Phone | null = null): Phone | null {
    const idle = [...pbx.phones.values()].filter(
      (phone) =>
        phone !== but &&
        isAutomatic(phone) &&
        deviceStateOf(pbx, phone.device) === 'NOT_INUSE' &&
        memberOfDevice(pbx, phone.device).every(({ member }) => !member.paused),
    );
    return idle[dice.whole(0, idle.length - 1)] ?? null;
  }

  function setBreak(phone: Phone, reason: string, on: boolean): void {
    for (const { queue, member } of memberOfDevice(pbx, phone.device))
      if (member.paused !== on && (on || member.pausedReason === reason))
        pauseMember(pbx, queue, member, on, reason);
  }

  function every(meanMs: number, dice: Random, task: () => void): void {
    clock.after(dice.exponential(meanMs), () => {
      task();
      every(meanMs, dice, task);
    });
  }

  arrive();
  sweep(pbx);
  if (!pace.lively) return doors;
  const breaks = random.fork('breaks');
  every(BREAK_EVERY_MS, breaks, () => {
    const phone = idleAgent(breaks);
    const reason = breaks.pick(BREAKS);
    const ms = breaks.whole(30_000, 90_000);
    if (phone === null) return;
    setBreak(phone, reason, true);
    clock.after(ms, () => setBreak(phone, reason, false));
  });
  const out = random.fork('calls out');
  every(CALL_OUT_EVERY_MS, out, () => {
    const phone = idleAgent(out);
    const { number } = callers.known(out);
    if (phone === null) return;
    const { device, extension, name } = phone;
    calls.callFrom({ device, extension, name, to: `9${number}`, random: out });
  });
  const inside = random.fork('colleagues');
  every(ASK_EVERY_MS, inside, () => {
    const phone = idleAgent(inside);
    const colleague = idleAgent(inside, phone);
    if (phone === null || colleague === null) return;
    const { device, extension, name } = phone;
    calls.callFrom({ device, extension, name, to: colleague.extension, random: inside });
  });
  return doors;
}
