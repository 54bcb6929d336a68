import { cancelAttendedTransfer, isConsulting, startAttendedTransfer } from '../engine/attended-transfer.ts';
import { blindTransfer } from '../engine/blind-transfer.ts';
import { bridgedWith } from '../engine/bridge.ts';
import { hangUpByAction } from '../engine/control.ts';
import { deviceStateOf } from '../engine/device-state.ts';
import { memberOfDevice } from '../engine/members.ts';
import { answer, hold, putDown, refuse, showRinging, unhold } from '../engine/phone.ts';
import type { Channel, Pbx } from '../engine/state.ts';
import type { Random } from '../random.ts';
import type { Pace } from './pace.ts';

/** What the people at the phones do. Each leg draws from a stream of its own, so that one leg's fate does not shift another's. */
export interface People {
  /** An agent whom nobody plays. */
  automatic(leg: Channel): void;
  /** A seat that a person has taken: the phone answers by itself after a while, and only the other side, or the desk, ends the talk. */
  person(leg: Channel): void;
  /** Somebody outside who is called. */
  outside(leg: Channel): void;
}

export interface PeopleOptions {
  pbx: Pbx;
  random: Random;
  pace: Pace;
  /** How long a person's phone rings before it answers by itself, ms: from and to. */
  personAnswersMs: readonly [number, number];
}

const CONSULTATION_MS = 12_000;

export function createPeople({ pbx, random, pace, personAnswersMs }: PeopleOptions): People {
  const { world: clock } = pbx;
  let legs = 0;
  const chance = (): Random => random.fork(`leg ${legs++}`);

  function later(channel: Channel, ms: number, task: () => void): void {
    clock.after(ms, () => {
      if (!channel.gone) task();
    });
  }

  /** Both ends hang up by themselves in the end; who does it first is drawn. */
  function talk(leg: Channel, dice: Random, ms: number, callerEnds: boolean): void {
    later(leg, ms, () => {
      if (isConsulting(leg)) return;
      const other = bridgedWith(leg);
      putDown(pbx, callerEnds && other?.otherHalf === null ? other : leg);
    });
    const draw = dice.next();
    if (draw < 0.1 && ms > 4000) {
      later(leg, ms * 0.3, () => hold(pbx, leg));
      later(leg, ms * 0.3 + Math.min(15_000, ms * 0.3), () => {
        if (bridgedWith(leg)?.held === true) unhold(pbx, leg);
      });
    }
  }

  function colleague(leg: Channel, dice: Random): string | null {
    const free = [...pbx.phones.values()].filter(
      (phone) =>
        phone.device !== leg.device &&
        phone.onRing === people.automatic &&
        deviceStateOf(pbx, phone.device) === 'NOT_INUSE' &&
        memberOfDevice(pbx, phone.device).every(({ member }) => !member.paused),
    );
    return free[dice.whole(0, free.length - 1)]?.extension ?? null;
  }

  /** The colleague takes the call, or the agent does not let go of it; a colleague who did not want it leaves it with the agent, too. */
  function endConsultation(leg: Channel, takesBack: boolean): void {
    later(leg, CONSULTATION_MS, () => {
      if (isConsulting(leg) && !takesBack) {
        hangUpByAction(leg, 16);
        return;
      }
      cancelAttendedTransfer(pbx, leg);
      later(leg, CONSULTATION_MS, () => putDown(pbx, leg));
    });
  }

  /** Now and then an agent sends the caller on. @returns whether it was decided so */
  function transfers(leg: Channel, dice: Random, ms: number): boolean {
    const draw = dice.next();
    if (leg.visit === null || draw > 0.09) return false;
    later(leg, ms, () => {
      const to = colleague(leg, dice);
      if (draw < 0.04 || to === null) {
        const queue = dice.pick(pace.transferTo);
        if (blindTransfer(pbx, leg, queue)) return;
      } else if (draw < 0.06) {
        if (blindTransfer(pbx, leg, to)) return;
      } else if (startAttendedTransfer(pbx, leg, to)) {
        endConsultation(leg, dice.chance(0.2));
        return;
      }
      putDown(pbx, leg);
    });
    return true;
  }

  function automatic(leg: Channel): void {
    const dice = chance();
    const draw = dice.next();
    const ringMs = pace.ringMs(dice);
    const talkMs = pace.talkMs(dice);
    if (draw < 0.02) {
      refuse(pbx, leg, draw < 0.01 ? 486 : 603);
      return;
    }
    later(leg, pace.lively ? 30 : 5, () => showRinging(pbx, leg));
    if (draw < 0.05) return;
    later(leg, 30 + ringMs, () => {
      answer(pbx, leg);
      if (leg.gone || transfers(leg, dice, talkMs)) return;
      // Who is asked for advice hears it out.
      const isAsked = bridgedWith(leg)?.otherHalf !== null;
      talk(leg, dice, isAsked ? talkMs + 2 * CONSULTATION_MS : talkMs, dice.chance(0.55));
    });
  }

  function person(leg: Channel): void {
    const dice = chance();
    const [from, to] = personAnswersMs;
    // A call that the agent asked for by a click is answered soon; it is nobody's surprise.
    const asked = leg.linkedid === leg.uniqueid;
    later(leg, 30, () => showRinging(pbx, leg));
    later(leg, asked ? 1500 : dice.whole(from, to), () => {
      answer(pbx, leg);
      if (asked) return;
      const ms = Math.min(90_000, Math.max(20_000, pace.talkMs(dice)));
      later(leg, ms, () => {
        // Not in the middle of a consultation: the caller hears music and waits.
        const other = bridgedWith(leg);
        if (other !== null && !isConsulting(leg)) putDown(pbx, other);
      });
    });
  }

  function outside(leg: Channel): void {
    const dice = chance();
    const draw = dice.next();
    if (draw < 0.1) {
      refuse(pbx, leg, 486);
      return;
    }
    later(leg, 300, () => showRinging(pbx, leg));
    if (draw < 0.25) return;
    later(leg, dice.whole(2500, 7000), () => {
      answer(pbx, leg);
      later(leg, Math.min(90_000, Math.max(15_000, pace.talkMs(dice))), () => putDown(pbx, leg));
    });
  }

  const people: People = { automatic, person, outside };
  return people;
}
