/** ms by which the two clocks may drift apart between two looks without anybody having set one. */
const tolerated = 2000;

/** Tells when the machine's clock was set, by a clock that only runs forward. */
export class ClockWatch {
  readonly #wall: () => number;
  readonly #steady: () => number;
  #offset: number;

  /** @param wall ms since the epoch  @param steady ms that nobody can set */
  constructor(wall: () => number = Date.now, steady: () => number = () => performance.now()) {
    this.#wall = wall;
    this.#steady = steady;
    this.#offset = wall() - steady();
  }

  /** ms by which the clock was set since the last look; negative: back; 0: it was not. */
  jumped(): number {
    const offset = this.#wall() - this.#steady();
    const by = offset - this.#offset;
    this.#offset = offset;
    return Math.abs(by) < tolerated ? 0 : Math.round(by);
  }
}
