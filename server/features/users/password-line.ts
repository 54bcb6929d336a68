import { randomUUID } from 'node:crypto';
import { hashPassword, isPassword } from '../../platform/auth/index.ts';
import type { Turns } from '../../platform/limits/turns.ts';

/** In which line a password waits to be looked at. */
export interface VerifyTurn {
  /** From where: nobody fills the line alone. */
  from?: string;
  /** Before the others that wait. */
  first?: boolean;
  /** Called when the turn comes: what happened meanwhile may be reason to throw. */
  judge?(): void;
}

/** Compares passwords, in the line for hashing. */
export class PasswordLine {
  private readonly hashing: Turns;
  /** Compared with when the login is unknown, so that it takes as long as a wrong password. */
  private noOne: Promise<string> | null = null;

  constructor(hashing: Turns) {
    this.hashing = hashing;
  }

  /** @param hash null: the login is unknown @throws Refusal `too-many-attempts` when too many wait, and what `judge` throws */
  async isRight(hash: string | null, password: string, turn: VerifyTurn): Promise<boolean> {
    this.noOne ??= hashPassword(randomUUID());
    const against = hash ?? (await this.noOne);
    return this.hashing.take(
      turn.from ?? '',
      async () => {
        turn.judge?.();
        return isPassword(against, password);
      },
      { first: turn.first ?? false },
    );
  }
}
