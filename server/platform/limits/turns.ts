import { Refusal } from '../errors.ts';

export interface TurnOptions {
  /** How many works go on at once. */
  atOnce: number;
  /** How many wait for their turn; whoever comes then is refused at once. */
  waiting: number;
  /** How many of one key wait, so that one alone cannot fill the line. @defaultValue as many as wait at all */
  waitingOfOne?: number;
  /** How long somebody waits at most before being refused, ms. */
  patienceMs: number;
}

/** Lets some works go on at once and the others wait in a line that has an end. */
export interface Turns {
  /**
   * Runs the work when its turn comes; `first` works come before all others that wait.
   * @param key whose work it is
   * @throws Refusal `too-many-attempts` when the line is full or the wait too long, or what the work throws
   */
  take<T>(key: string, work: () => Promise<T>, options?: { first?: boolean }): Promise<T>;
  readonly waiting: number;
}

/**
 * The line of what people search and list: ten at once, so that of the thirty connections to the database most are left to the calls, and one user
 * alone does not fill it.
 */
export function createBrowsing(): Turns {
  return createTurns({ atOnce: 10, waiting: 200, waitingOfOne: 20, patienceMs: 8000 });
}

interface Waiting {
  key: string;
  go(): void;
}

export function createTurns({ atOnce, waiting, waitingOfOne = waiting, patienceMs }: TurnOptions): Turns {
  const lines: { first: Waiting[]; others: Waiting[] } = { first: [], others: [] };
  const ofKey = new Map<string, number>();
  let going = 0;

  const length = () => lines.first.length + lines.others.length;

  function count(key: string, by: 1 | -1): void {
    const left = (ofKey.get(key) ?? 0) + by;
    if (left === 0) ofKey.delete(key);
    else ofKey.set(key, left);
  }

  function next(): void {
    if (going >= atOnce) return;
    const waits = lines.first.shift() ?? lines.others.shift();
    if (waits === undefined) return;
    count(waits.key, -1);
    waits.go();
  }

  function turn(key: string, first: boolean): Promise<void> {
    if (length() >= waiting || (ofKey.get(key) ?? 0) >= waitingOfOne) return Promise.reject(tooBusy());
    return new Promise((resolve, reject) => {
      const line = first ? lines.first : lines.others;
      const timer = setTimeout(() => {
        line.splice(line.indexOf(waits), 1);
        count(key, -1);
        reject(tooBusy());
      }, patienceMs);
      const waits: Waiting = {
        key,
        go() {
          clearTimeout(timer);
          going += 1;
          resolve();
        },
      };
      line.push(waits);
      count(key, 1);
    });
  }

  async function run<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      going -= 1;
      next();
    }
  }

  return {
    take(key, work, { first = false } = {}) {
      if (going >= atOnce) return turn(key, first).then(() => run(work));
      going += 1;
      return run(work);
    },
    get waiting() {
      return length();
    },
  };
}

function tooBusy(): Refusal {
  return new Refusal('too-many-attempts', 'Too many ask for this at once. Wait a moment and try again.');
}
