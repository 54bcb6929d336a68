import { Refusal } from '../errors.ts';

export interface TurnOptions {
  /** How many works go on at once. */
  atOnce: number;
  /** How many wait for their turn, in each of the two lines; whoever comes then is refused at once. */
  waiting: number;
  /** How many of one key wait, so that one alone cannot fill the line. @defaultValue as many as wait at all */
  waitingOfOne?: number;
  /** How long somebody waits at most before being refused, ms. */
  patienceMs: number;
}

/** Lets some works go on at once and the others wait in a line that has an end. */
export interface Turns {
  /**
   * Runs the work when its turn comes; `first` works come before all others that wait, in a line of their own: the others cannot fill it.
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

interface Line {
  waiting: Waiting[];
  /** How many of each key wait. */
  ofKey: Map<string, number>;
}

export function createTurns({ atOnce, waiting, waitingOfOne = waiting, patienceMs }: TurnOptions): Turns {
  const newLine = (): Line => ({ waiting: [], ofKey: new Map() });
  const lines = { first: newLine(), others: newLine() };
  let going = 0;

  function count({ ofKey }: Line, key: string, by: 1 | -1): void {
    const left = (ofKey.get(key) ?? 0) + by;
    if (left === 0) ofKey.delete(key);
    else ofKey.set(key, left);
  }

  function next(): void {
    if (going >= atOnce) return;
    const line = lines.first.waiting.length > 0 ? lines.first : lines.others;
    const waits = line.waiting.shift();
    if (waits === undefined) return;
    count(line, waits.key, -1);
    waits.go();
  }

  function turn(key: string, line: Line): Promise<void> {
    if (line.waiting.length >= waiting || (line.ofKey.get(key) ?? 0) >= waitingOfOne)
      return Promise.reject(tooBusy());
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        line.waiting.splice(line.waiting.indexOf(waits), 1);
        count(line, key, -1);
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
      line.waiting.push(waits);
      count(line, key, 1);
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
      if (going >= atOnce) return turn(key, first ? lines.first : lines.others).then(() => run(work));
      going += 1;
      return run(work);
    },
    get waiting() {
      return lines.first.waiting.length + lines.others.waiting.length;
    },
  };
}

function tooBusy(): Refusal {
  return new Refusal('too-many-attempts', 'Too many ask for this at once. Wait a moment and try again.');
}
