import { retryDelayMs } from '@ringdesk/shared/backoff';
import type { WrapUpDraft } from '@ringdesk/shared/desk';
import { codeOf, isPassing } from '../../../platform/api/failure.ts';

/** Drafts whose card is gone before the server had them: sent until they are known to have arrived, or are refused. */
export interface LastWords {
  send(callId: string, draft: WrapUpDraft): void;
  /** The card is there again: its draft is looked after as any other. */
  callOff(callId: string): void;
  hurry(): void;
  close(): void;
}

interface Dependencies {
  send(callId: string, draft: WrapUpDraft): Promise<void>;
  /** The server has it, or will never have it: it need not be kept any more. */
  done(callId: string): void;
  later(act: () => void, ms: number): () => void;
}

const retryMs = (attempts: number) => retryDelayMs(attempts, 1_000, 10_000);

export function createLastWords({ send, done, later }: Dependencies): LastWords {
  const words = new Map<string, { draft: WrapUpDraft; attempts: number; cancel: () => void }>();

  function schedule(callId: string, draft: WrapUpDraft, attempts: number, ms: number) {
    words.get(callId)?.cancel();
    const cancel = later(() => void deliver(callId), ms);
    words.set(callId, { draft, attempts, cancel });
  }

  async function deliver(callId: string) {
    const { draft, attempts = 0 } = words.get(callId) ?? {};
    if (draft === undefined) return;
    const failure = await send(callId, draft).then(
      () => null,
      (error: unknown) => ({ error }),
    );
    if (words.get(callId)?.draft !== draft) return;
    if (failure && isPassing(failure.error)) {
      schedule(callId, draft, attempts + 1, retryMs(attempts + 1));
      return;
    }
    words.delete(callId);
    // After the session's end it stays kept: it goes out when the same agent is logged in again.
    if (!failure || codeOf(failure.error) !== 'not-logged-in') done(callId);
  }

  function callOff(callId: string) {
    words.get(callId)?.cancel();
    words.delete(callId);
  }

  return {
    send: (callId, draft) => schedule(callId, draft, 0, 0),
    callOff,
    hurry() {
      for (const [callId, { draft, attempts }] of [...words]) schedule(callId, draft, attempts, 0);
    },
    close() {
      for (const callId of [...words.keys()]) callOff(callId);
    },
  };
}
