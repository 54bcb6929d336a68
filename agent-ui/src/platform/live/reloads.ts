import type { ChangeKind } from '@ringdesk/shared/live';
import type { QueryKey } from '@tanstack/react-query';

/** By the kind of entity that somebody changed: the keys of the queries that show it. */
export type Reloads = { [Kind in ChangeKind]?: (id: string) => readonly QueryKey[] };

type Reload = (id: string) => readonly QueryKey[];

/** Stands for the one that was changed while it is not known which. */
const someId = '\u0000';

/** What is read again when one was changed, over all features that show it. */
export function keysOf(reloads: readonly Reload[], id: string): QueryKey[] {
  return reloads.flatMap((reload) => reload(id));
}

/** What is read again when something may have been missed: each key up to where it names one. */
export function keysOfAny(reloads: readonly Reload[]): QueryKey[] {
  return keysOf(reloads, someId).map((key) => {
    const at = key.indexOf(someId);
    return at < 0 ? key : key.slice(0, at);
  });
}

/** ms from a change until what shows it is read again, so that a burst is one reading. */
const gatherMs = 150;
/** ms between two readings at least: an import changes thousands. */
const restMs = 1_000;

export interface Reloader {
  add(keys: readonly QueryKey[]): void;
  close(): void;
}

/** Gathers what has to be read again. @param reload is given each key once  @param now ms, of any clock that only goes forward */
export function createReloader(reload: (key: QueryKey) => void, now = () => performance.now()): Reloader {
  const waiting = new Map<string, QueryKey>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let last = Number.NEGATIVE_INFINITY;
  function flush() {
    timer = null;
    last = now();
    const keys = [...waiting.values()];
    waiting.clear();
    for (const key of keys) reload(key);
  }
  return {
    add(keys) {
      for (const key of keys) waiting.set(JSON.stringify(key), key);
      if (waiting.size > 0) timer ??= setTimeout(flush, Math.max(gatherMs, last + restMs - now()));
    },
    close() {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
