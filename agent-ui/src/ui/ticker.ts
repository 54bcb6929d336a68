import { useSyncExternalStore } from 'react';

/** One timer for all durations on the page; it runs only while something shows one. */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;

/** Four a second, so that no shown second is later than a quarter; React paints only what changed its text. */
const beatMs = 250;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, beatMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

/**
 * A value that is read anew at each beat; the component renders only when it changed.
 * @param read e.g. the text of a running duration
 */
export function useTicking<T extends string | number | boolean>(read: () => T): T {
  return useSyncExternalStore(subscribe, read);
}
