/**
 * Time as the simulator sees it. Everything that waits or stamps takes one of these, so that a test can play an hour in a moment and the
 * same seed always gives the same relative times.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `task` once after `ms` milliseconds of this clock; returns what cancels it. */
  after(ms: number, task: () => void): () => void;
}

/** A clock that follows the machine's, `speed` times as fast (1 = real time). `stop` cancels all that is still to come. */
export function createRealClock(speed = 1): Clock & { stop(): void } {
  const started = Date.now();
  const running = new Set<NodeJS.Timeout>();
  return {
    now: () => (speed === 1 ? Date.now() : Math.round(started + (Date.now() - started) * speed)),
    after(ms, task) {
      const timer = setTimeout(
        () => {
          running.delete(timer);
          task();
        },
        Math.max(0, ms / speed),
      );
      running.add(timer);
      return () => {
        running.delete(timer);
        clearTimeout(timer);
      };
    },
    stop() {
      for (const timer of running) clearTimeout(timer);
      running.clear();
    },
  };
}

interface Task {
  at: number;
  order: number;
  run: (() => void) | null;
}

const isBefore = (a: Task, b: Task): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** A binary heap: the next task is the first, adding and taking cost the logarithm of their number. */
function createTaskHeap(): { first(): Task | undefined; add(task: Task): void; take(): void } {
  const heap: Task[] = [];
  const swap = (i: number, j: number): boolean => {
    const [a, b] = [heap[i], heap[j]];
    if (a === undefined || b === undefined || !isBefore(b, a)) return false;
    heap[i] = b;
    heap[j] = a;
    return true;
  };
  return {
    first: () => heap[0],
    add(task) {
      let i = heap.push(task) - 1;
      while (i > 0 && swap((i - 1) >> 1, i)) i = (i - 1) >> 1;
    },
    take() {
      const last = heap.pop();
      if (last === undefined || heap.length === 0) return;
      heap[0] = last;
      for (let i = 0; ; ) {
        const [left, right] = [heap[2 * i + 1], heap[2 * i + 2]];
        const child =
          left !== undefined && right !== undefined && isBefore(right, left) ? 2 * i + 2 : 2 * i + 1;
        if (!swap(i, child)) return;
        i = child;
      }
    },
  };
}

/** A clock that stands still until it is advanced. Tasks of the same moment run in the order in which they were asked for. */
export function createManualClock(start: number): Clock & { advance(ms: number): void; pending(): number } {
  let now = start;
  let order = 0;
  let pending = 0;
  const tasks = createTaskHeap();
  return {
    now: () => now,
    after(ms, run) {
      const task: Task = { at: now + Math.max(0, Math.round(ms)), order: order++, run };
      tasks.add(task);
      pending++;
      return () => {
        if (task.run !== null) pending--;
        task.run = null;
      };
    },
    advance(ms) {
      const end = now + ms;
      for (let next = tasks.first(); next !== undefined && next.at <= end; next = tasks.first()) {
        tasks.take();
        const { run } = next;
        if (run === null) continue;
        next.run = null;
        pending--;
        now = next.at;
        run();
      }
      now = end;
    },
    pending: () => pending,
  };
}
