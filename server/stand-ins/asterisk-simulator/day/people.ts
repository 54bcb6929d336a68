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

export interface PeopleOptions {
  pbx: Pbx;
  random: Random;
  pace: Pace;
  /** How long a person's phone rings before it answers by itself, ms: from and to. */
  personAnswersMs: readonly [number, number];
}

const CONSULTATION_MS = 12_000;

/**
 * What the people at the phones do. Each leg draws from a stream of its own, so that one leg's fate does not shift another's. What they do when a
 * phone rings is also how they are told apart: a phone is an agent's whom nobody plays when `onRing` is `automatic`.
 */
export class People {
  private readonly pbx: Pbx;
  private readonly random: Random;
  private readonly pace: Pace;
  private readonly personAnswersMs: readonly [number, number];
  private legs = 0;

  constructor(options: PeopleOptions) {
    this.pbx = options.pbx;
    this.random = options.random;
    this.pace = options.pace;
    this.personAnswersMs = options.personAnswersMs;
  }

  /** An agent whom nobody plays. */
  readonly automatic = (leg: Channel): void => {
    const dice = this.chance();
    const draw = dice.next();
    const ringMs = this.pace.ringMs(dice);
    const talkMs = this.pace.talkMs(dice);
    if (draw < 0.02) {
      refuse(this.pbx, leg, draw < 0.01 ? 486 : 603);
      return;
    }
    this.later(leg, this.pace.lively ? 30 : 5, () => showRinging(this.pbx, leg));
    if (draw < 0.05) return;
    this.later(leg, 30 + ringMs, () => {
      answer(this.pbx, leg);
      if (leg.gone || this.transfers(leg, dice, talkMs)) return;
      // Who is asked for advice hears it out.
      const isAsked = bridgedWith(leg)?.otherHalf !== null;
      this.talk(leg, dice, isAsked ? talkMs + 2 * CONSULTATION_MS : talkMs, dice.chance(0.55));
    });
  };

  /** A seat that a person has taken: the phone answers by itself after a while, and only the other side, or the desk, ends the talk. */
  readonly person = (leg: Channel): void => {
    const dice = this.chance();
    const [from, to] = this.personAnswersMs;
    // A call that the agent asked for by a click is answered soon; it is nobody's surprise.
    const asked = leg.linkedid === leg.uniqueid;
    this.later(leg, 30, () => showRinging(this.pbx, leg));
    this.later(leg, asked ? 1500 : dice.whole(from, to), () => {
      answer(this.pbx, leg);
      if (asked) return;
      const ms = Math.min(90_000, Math.max(20_000, this.pace.talkMs(dice)));
      this.later(leg, ms, () => {
        // Not in the middle of a consultation: the caller hears music and waits.
        const other = bridgedWith(leg);
        if (other !== null && !isConsulting(leg)) putDown(this.pbx, other);
      });
    });
  };

  /** Somebody outside who is called. */
  readonly outside = (leg: Channel): void => {
    const dice = this.chance();
    const draw = dice.next();
    if (draw < 0.1) {
      refuse(this.pbx, leg, 486);
      return;
    }
    this.later(leg, 300, () => showRinging(this.pbx, leg));
    if (draw < 0.25) return;
    this.later(leg, dice.whole(2500, 7000), () => {
      answer(this.pbx, leg);
      this.later(leg, Math.min(90_000, Math.max(15_000, this.pace.talkMs(dice))), () =>
        putDown(this.pbx, leg),
      );
    });
  };

  private chance(): Random {
    return this.random.fork(`leg ${this.legs++}`);
  }

  private later(channel: Channel, ms: number, task: () => void): void {
    this.pbx.world.after(ms, () => {
      if (!channel.gone) task();
    });
  }

  /** Both ends hang up by themselves in the end; who does it first is drawn. */
  private talk(leg: Channel, dice: Random, ms: number, callerEnds: boolean): void {
    this.later(leg, ms, () => {
      if (isConsulting(leg)) return;
      const other = bridgedWith(leg);
      putDown(this.pbx, callerEnds && other?.otherHalf === null ? other : leg);
    });
    const draw = dice.next();
    if (draw < 0.1 && ms > 4000) {
      this.later(leg, ms * 0.3, () => hold(this.pbx, leg));
      this.later(leg, ms * 0.3 + Math.min(15_000, ms * 0.3), () => {
        if (bridgedWith(leg)?.held === true) unhold(this.pbx, leg);
      });
    }
  }

  private colleague(leg: Channel, dice: Random): string | null {
    const free = [...this.pbx.phones.values()].filter(
      (phone) =>
        phone.device !== leg.device &&
        phone.onRing === this.automatic &&
        deviceStateOf(this.pbx, phone.device) === 'NOT_INUSE' &&
        memberOfDevice(this.pbx, phone.device).every(({ member }) => !member.paused),
    );
    return free[dice.whole(0, free.length - 1)]?.extension ?? null;
  }

  /** The colleague takes the call, or the agent does not let go of it; a colleague who did not want it leaves it with the agent, too. */
  private endConsultation(leg: Channel, takesBack: boolean): void {
    this.later(leg, CONSULTATION_MS, () => {
      if (isConsulting(leg) && !takesBack) {
        hangUpByAction(leg, 16);
        return;
      }
      cancelAttendedTransfer(this.pbx, leg);
      this.later(leg, CONSULTATION_MS, () => putDown(this.pbx, leg));
    });
  }

  /** Now and then an agent sends the caller on. @returns whether it was decided so */
  private transfers(leg: Channel, dice: Random, ms: number): boolean {
    const draw = dice.next();
    if (leg.visit === null || draw > 0.09) return false;
    this.later(leg, ms, () => {
      const to = this.colleague(leg, dice);
      if (draw < 0.04 || to === null) {
        const queue = dice.pick(this.pace.transferTo);
        if (blindTransfer(this.pbx, leg, queue)) return;
      } else if (draw < 0.06) {
        if (blindTransfer(this.pbx, leg, to)) return;
      } else if (startAttendedTransfer(this.pbx, leg, to)) {
        this.endConsultation(leg, dice.chance(0.2));
        return;
      }
      putDown(this.pbx, leg);
    });
    return true;
  }
}
