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
  run: () => void;
}

/** A clock that stands still until it is advanced. Tasks of the same moment run in the order in which they were asked for. */
export function createManualClock(start: number): Clock & { advance(ms: number): void; pending(): number } {
  let now = start;
  let order = 0;
  const tasks = new Set<Task>();
  function earliest(limit: number): Task | null {
    let best: Task | null = null;
    for (const task of tasks) {
      if (task.at > limit) continue;
      if (best === null || task.at < best.at || (task.at === best.at && task.order < best.order)) best = task;
    }
    return best;
  }
  return {
    now: () => now,
    after(ms, run) {
      const task = { at: now + Math.max(0, ms), order: order++, run };
      tasks.add(task);
      return () => tasks.delete(task);
    },
    advance(ms) {
      const end = now + ms;
      for (let next = earliest(end); next !== null; next = earliest(end)) {
        tasks.delete(next);
        now = next.at;
        next.run();
      }
      now = end;
    },
    pending: () => tasks.size,
  };
}
