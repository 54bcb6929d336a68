import { retryDelayMs } from '@ringdesk/shared/backoff';
import { type WrapUpDraft, wrapUpInput } from '@ringdesk/shared/desk';
import { ApiFailure, codeOf, type FailureCode, isPassing } from '../../../platform/api/failure.ts';
import type { KeptStorage } from './keptStorage.ts';

export type WrapUp = Omit<WrapUpDraft, 'revision'>;

/** `sending`, `waiting` for the server to be reachable, or `refused` with why. Done is: no longer there. */
export type OutboxItem =
  | { state: 'sending' | 'waiting'; wrapUp: WrapUp }
  | { state: 'refused'; wrapUp: WrapUp; code: FailureCode };

/**
 * Finished wrap-ups on their way to the server. Saving is idempotent there, so it is repeated until it is known to have arrived; what waits
 * survives a reload.
 */
export interface Outbox {
  get(callId: string): OutboxItem | null;
  subscribe(listener: () => void): () => void;
  post(callId: string, wrapUp: WrapUp): void;
  hurry(): void;
  /**
   * The desk no longer shows the card. That may be because the wrap-up arrived, or because its time ran out meanwhile; what still waits is sent
   * all the same, and the server adds it.
   */
  cardGone(callId: string): void;
  close(): void;
}

interface Dependencies {
  storage: KeptStorage;
  prefix: string;
  send(callId: string, wrapUp: WrapUp): Promise<void>;
  later(act: () => void, ms: number): () => void;
}

const retryMs = (attempts: number) => retryDelayMs(attempts, 1_000, 10_000);

export function createOutbox({ storage, prefix, send, later }: Dependencies): Outbox {
  const items = new Map<string, OutboxItem>();
  const attempts = new Map<string, number>();
  const waiting = new Map<string, () => void>();
  const listeners = new Set<() => void>();
  const keyPrefix = `${prefix}.wrap-up.`;

  function put(callId: string, item: OutboxItem | null) {
    if (item) items.set(callId, item);
    else items.delete(callId);
    for (const listener of listeners) listener();
  }

  function done(callId: string) {
    waiting.get(callId)?.();
    waiting.delete(callId);
    attempts.delete(callId);
    storage.remove(keyPrefix + callId);
    put(callId, null);
  }

  async function deliver(callId: string) {
    waiting.delete(callId);
    const item = items.get(callId);
    if (!item || item.state === 'sending') return;
    const attempt = (attempts.get(callId) ?? 0) + 1;
    attempts.set(callId, attempt);
    put(callId, { state: 'sending', wrapUp: item.wrapUp });
    try {
      await send(callId, item.wrapUp);
      done(callId);
    } catch (failure) {
      failed(callId, item.wrapUp, attempt, failure);
    }
  }

  function failed(callId: string, wrapUp: WrapUp, attempt: number, failure: unknown) {
    // An earlier attempt may have arrived though its answer did not: then the card is gone by now.
    const goneByNow = failure instanceof ApiFailure && failure.code === 'not-found' && attempt > 1;
    if (goneByNow) return done(callId);
    if (isPassing(failure)) {
      put(callId, { state: 'waiting', wrapUp });
      waiting.set(
        callId,
        later(() => void deliver(callId), retryMs(attempt)),
      );
    } else if (codeOf(failure) === 'not-logged-in') {
      // Kept in the storage: it goes out when the same agent is logged in again.
      put(callId, { state: 'waiting', wrapUp });
    } else {
      storage.remove(keyPrefix + callId);
      put(callId, { state: 'refused', wrapUp, code: codeOf(failure) });
    }
  }

  for (const key of storage.keys(keyPrefix)) {
    const wrapUp = parseWrapUp(storage.read(key));
    const callId = key.slice(keyPrefix.length);
    if (!wrapUp) {
      storage.remove(key);
      continue;
    }
    // Counted as an attempt: before the reload it may have arrived.
    attempts.set(callId, 1);
    items.set(callId, { state: 'waiting', wrapUp });
    waiting.set(
      callId,
      later(() => void deliver(callId), 0),
    );
  }

  return {
    get: (callId) => items.get(callId) ?? null,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    post(callId, wrapUp) {
      if (items.get(callId)?.state === 'sending') return;
      storage.write(keyPrefix + callId, JSON.stringify(wrapUp));
      waiting.get(callId)?.();
      items.set(callId, { state: 'waiting', wrapUp });
      void deliver(callId);
    },
    hurry() {
      for (const [callId, item] of items) {
        if (item.state !== 'waiting') continue;
        waiting.get(callId)?.();
        void deliver(callId);
      }
    },
    cardGone(callId) {
      const state = items.get(callId)?.state;
      if (state === 'refused') done(callId);
      if (state !== 'waiting') return;
      waiting.get(callId)?.();
      void deliver(callId);
    },
    close() {
      for (const cancel of waiting.values()) cancel();
      waiting.clear();
    },
  };
}

function parseWrapUp(text: string | null): WrapUp | null {
  try {
    const parsed = wrapUpInput.safeParse(JSON.parse(text ?? ''));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
