import type { WrapUpDraft } from '@ringdesk/shared/desk';
import { isPassing } from '../../../platform/api/failure.ts';
import { type DraftPatch, mergeDrafts, parseDraft, withChange } from './draft.ts';
import type { KeptStorage } from './keptStorage.ts';
import { createLastWords } from './lastWords.ts';

/** `saved`: the server has it. `sending`: on its way, or about to be. `kept`: on this device alone, the server could not be reached. */
export type DraftSync = 'saved' | 'sending' | 'kept';

export interface KeptDraft {
  draft: WrapUpDraft;
  sync: DraftSync;
}

/**
 * Keeps the wrap-up drafts of this agent: each change goes to the device's storage at once and to the server shortly after, again and again
 * until it has it. So a draft survives a reload, a lost connection and a dead battery.
 */
export interface DraftKeeper {
  get(callId: string): KeptDraft | null;
  subscribe(listener: () => void): () => void;
  /** The server's draft as the last push told it. */
  take(callId: string, server: WrapUpDraft): void;
  change(callId: string, patch: DraftPatch): void;
  /** Sends at once what waits, e.g. when the link is back. */
  hurry(): void;
  /** The wrap-up is finished and posted as a whole: its draft need not be sent any more, unless it is changed again. */
  hold(callId: string): void;
  /**
   * The card is gone and its draft with it; what the server has not yet is still sent until it is known to have arrived, since the form may have
   * closed by its limit.
   */
  forget(callId: string): void;
  /** These cards are open; whatever this device still keeps of others, whose form closed while the page was away, is sent as by `forget`. */
  closeOthers(open: readonly string[]): void;
  close(): void;
}

interface Dependencies {
  storage: KeptStorage;
  /** Before each key, e.g. the user's id: the next agent at this machine must not see another's notes. */
  prefix: string;
  send(callId: string, draft: WrapUpDraft): Promise<void>;
  /** Tells what other tabs of this browser write into the storage; gives back how to end it. */
  elsewhere?(hear: (key: string, value: string | null) => void): () => void;
  /** Runs `act` after `ms`; gives back how to call it off. */
  later(act: () => void, ms: number): () => void;
}

const typingPauseMs = 500;
/** So long another tab has to send its words itself, before this one does it. */
const othersMs = 3_000;
const retryMs = (failures: number) => Math.min(1_000 * 2 ** (failures - 1), 10_000);

export function createDraftKeeper({ storage, prefix, send, elsewhere, later }: Dependencies): DraftKeeper {
  const drafts = new Map<string, KeptDraft>();
  const waiting = new Map<string, () => void>();
  const underWay = new Set<string>();
  const held = new Set<string>();
  const failures = new Map<string, number>();
  const listeners = new Set<() => void>();
  const keyPrefix = `${prefix}.draft.`;
  const keyOf = (callId: string) => keyPrefix + callId;
  const lastWords = createLastWords({ send, later, done: (callId) => storage.remove(keyOf(callId)) });

  const stopHearing = elsewhere?.(hear);

  const keptOnDisk = (callId: string) => parseDraft(storage.read(keyOf(callId)));

  /** Another tab of this agent may have written more: an older draft never replaces it. */
  function write(callId: string, draft: WrapUpDraft) {
    const there = keptOnDisk(callId)?.revision ?? -1;
    if (there <= draft.revision) storage.write(keyOf(callId), JSON.stringify(draft));
  }

  /** What is typed in another tab stands here at once; of two that are typed at the same moment the server tells one, and they are joined. */
  function hear(key: string, value: string | null) {
    if (!key.startsWith(keyPrefix)) return;
    const callId = key.slice(keyPrefix.length);
    const before = drafts.get(callId);
    const draft = parseDraft(value);
    if (!before || draft === null || draft.revision <= before.draft.revision) return;
    put(callId, { draft, sync: 'sending' });
    schedule(callId, othersMs);
  }

  function put(callId: string, kept: KeptDraft) {
    drafts.set(callId, kept);
    for (const listener of listeners) listener();
  }

  function schedule(callId: string, ms: number) {
    waiting.get(callId)?.();
    waiting.set(
      callId,
      later(() => void push(callId), ms),
    );
  }

  /** One request per draft at a time, so that an older revision cannot arrive after a newer one. */
  async function push(callId: string) {
    waiting.delete(callId);
    const kept = drafts.get(callId);
    if (!kept || kept.sync === 'saved' || underWay.has(callId) || held.has(callId)) return;
    underWay.add(callId);
    const failure = await send(callId, kept.draft).then(
      () => null,
      (error: unknown) => ({ error }),
    );
    underWay.delete(callId);
    const now = drafts.get(callId);
    if (now) settle(callId, now, kept.draft.revision, failure);
  }

  function settle(callId: string, now: KeptDraft, sent: number, failure: { error: unknown } | null) {
    if (failure && isPassing(failure.error)) {
      const count = (failures.get(callId) ?? 0) + 1;
      failures.set(callId, count);
      put(callId, { draft: now.draft, sync: 'kept' });
      schedule(callId, retryMs(count));
      return;
    }
    failures.delete(callId);
    if (failure) {
      // The server said no: it holds another text and pushes it (`take` joins the two), or the card is gone. The text stays here.
      put(callId, { draft: now.draft, sync: 'kept' });
      return;
    }
    if (now.draft.revision === sent) put(callId, { draft: now.draft, sync: 'saved' });
    else schedule(callId, 0);
  }

  return {
    get: (callId) => drafts.get(callId) ?? null,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    take(callId, server) {
      lastWords.callOff(callId);
      const before = drafts.get(callId);
      const own = before?.draft ?? keptOnDisk(callId);
      const draft = mergeDrafts(own, server);
      if (draft.revision <= server.revision) {
        if (before?.sync === 'saved' && before.draft.revision === draft.revision) return;
        if (draft === server) write(callId, server);
        put(callId, { draft, sync: 'saved' });
      } else if (before?.draft !== draft) {
        write(callId, draft);
        put(callId, { draft, sync: 'sending' });
        schedule(callId, 0);
      }
    },
    change(callId, patch) {
      const before = drafts.get(callId);
      if (!before) return;
      held.delete(callId);
      const own = withChange(before.draft, patch);
      const there = keptOnDisk(callId);
      // Typed in another tab, and not heard of yet: both stand.
      const draft =
        there !== null && there.revision >= own.revision
          ? mergeDrafts({ ...own, revision: there.revision }, there)
          : own;
      write(callId, draft);
      put(callId, { draft, sync: before.sync === 'kept' ? 'kept' : 'sending' });
      // While the server is away the pace of the retries holds, not that of the typing.
      if (!failures.has(callId)) schedule(callId, typingPauseMs);
    },
    hurry() {
      for (const [callId, kept] of drafts) if (kept.sync !== 'saved') schedule(callId, 0);
      lastWords.hurry();
    },
    hold(callId) {
      waiting.get(callId)?.();
      waiting.delete(callId);
      held.add(callId);
    },
    forget(callId) {
      const last = drafts.get(callId);
      const unsent = last && last.sync !== 'saved' && !held.has(callId);
      held.delete(callId);
      waiting.get(callId)?.();
      waiting.delete(callId);
      failures.delete(callId);
      drafts.delete(callId);
      const there = keptOnDisk(callId);
      if (unsent) lastWords.send(callId, last.draft);
      // What another tab has written and not sent yet is left to it.
      else if (there === null || there.revision <= (last?.draft.revision ?? 0)) storage.remove(keyOf(callId));
    },
    closeOthers(open) {
      for (const key of storage.keys(keyPrefix)) {
        const callId = key.slice(keyPrefix.length);
        if (open.includes(callId)) continue;
        const draft = parseDraft(storage.read(key));
        if (draft === null) storage.remove(key);
        else lastWords.send(callId, draft);
      }
    },
    close() {
      for (const cancel of waiting.values()) cancel();
      waiting.clear();
      stopHearing?.();
      lastWords.close();
    },
  };
}
