import { retryDelayMs } from '@ringdesk/shared/backoff';
import type { WrapUpDraft } from '@ringdesk/shared/desk';
import { isPassing } from '../../../platform/api/failure.ts';
import { type DraftPatch, mergeDrafts, parseDraft, withChange } from './draft.ts';
import type { KeptStorage } from './keptStorage.ts';
import { createLastWords, type LastWords } from './lastWords.ts';

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
const retryMs = (failures: number) => retryDelayMs(failures, 1_000, 10_000);

export function createDraftKeeper(options: Dependencies): DraftKeeper {
  return new StoredDrafts(options);
}

class StoredDrafts implements DraftKeeper {
  private readonly storage: KeptStorage;
  private readonly send: Dependencies['send'];
  private readonly later: Dependencies['later'];
  private readonly drafts = new Map<string, KeptDraft>();
  private readonly waiting = new Map<string, () => void>();
  private readonly underWay = new Set<string>();
  private readonly held = new Set<string>();
  private readonly failures = new Map<string, number>();
  private readonly listeners = new Set<() => void>();
  private readonly keyPrefix: string;
  private readonly lastWords: LastWords;
  private readonly stopHearing: (() => void) | undefined;

  constructor(options: Dependencies) {
    this.storage = options.storage;
    this.send = options.send;
    this.later = options.later;
    this.keyPrefix = `${options.prefix}.draft.`;
    this.lastWords = createLastWords({
      send: this.send,
      later: this.later,
      done: (callId) => this.storage.remove(this.keyOf(callId)),
    });
    this.stopHearing = options.elsewhere?.((key, value) => this.hear(key, value));
  }

  get(callId: string): KeptDraft | null {
    return this.drafts.get(callId) ?? null;
  }

  /** A field, since React takes it as a value. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  take(callId: string, server: WrapUpDraft): void {
    this.lastWords.callOff(callId);
    const before = this.drafts.get(callId);
    const own = before?.draft ?? this.keptOnDisk(callId);
    const draft = mergeDrafts(own, server);
    if (draft.revision <= server.revision) {
      if (before?.sync === 'saved' && before.draft.revision === draft.revision) return;
      if (draft === server) this.write(callId, server);
      this.put(callId, { draft, sync: 'saved' });
    } else if (before?.draft !== draft) {
      this.write(callId, draft);
      this.put(callId, { draft, sync: 'sending' });
      this.schedule(callId, 0);
    }
  }

  change(callId: string, patch: DraftPatch): void {
    const before = this.drafts.get(callId);
    if (!before) return;
    this.held.delete(callId);
    const own = withChange(before.draft, patch);
    const there = this.keptOnDisk(callId);
    // Typed in another tab, and not heard of yet: both stand.
    const draft =
      there !== null && there.revision >= own.revision
        ? mergeDrafts({ ...own, revision: there.revision }, there)
        : own;
    this.write(callId, draft);
    this.put(callId, { draft, sync: before.sync === 'kept' ? 'kept' : 'sending' });
    // While the server is away the pace of the retries holds, not that of the typing.
    if (!this.failures.has(callId)) this.schedule(callId, typingPauseMs);
  }

  hurry(): void {
    for (const [callId, kept] of this.drafts) if (kept.sync !== 'saved') this.schedule(callId, 0);
    this.lastWords.hurry();
  }

  hold(callId: string): void {
    this.waiting.get(callId)?.();
    this.waiting.delete(callId);
    this.held.add(callId);
  }

  forget(callId: string): void {
    const last = this.drafts.get(callId);
    const unsent = last && last.sync !== 'saved' && !this.held.has(callId);
    this.held.delete(callId);
    this.waiting.get(callId)?.();
    this.waiting.delete(callId);
    this.failures.delete(callId);
    this.drafts.delete(callId);
    const there = this.keptOnDisk(callId);
    if (unsent) this.lastWords.send(callId, last.draft);
    // What another tab has written and not sent yet is left to it.
    else if (there === null || there.revision <= (last?.draft.revision ?? 0))
      this.storage.remove(this.keyOf(callId));
  }

  closeOthers(open: readonly string[]): void {
    for (const key of this.storage.keys(this.keyPrefix)) {
      const callId = key.slice(this.keyPrefix.length);
      if (open.includes(callId)) continue;
      const draft = parseDraft(this.storage.read(key));
      if (draft === null) this.storage.remove(key);
      else this.lastWords.send(callId, draft);
    }
  }

  close(): void {
    for (const cancel of this.waiting.values()) cancel();
    this.waiting.clear();
    this.stopHearing?.();
    this.lastWords.close();
  }

  private keyOf(callId: string) {
    return this.keyPrefix + callId;
  }

  private keptOnDisk(callId: string) {
    return parseDraft(this.storage.read(this.keyOf(callId)));
  }

  /** Another tab of this agent may have written more: an older draft never replaces it. */
  private write(callId: string, draft: WrapUpDraft) {
    const there = this.keptOnDisk(callId)?.revision ?? -1;
    if (there <= draft.revision) this.storage.write(this.keyOf(callId), JSON.stringify(draft));
  }

  /** What is typed in another tab stands here at once; of two that are typed at the same moment the server tells one, and they are joined. */
  private hear(key: string, value: string | null) {
    if (!key.startsWith(this.keyPrefix)) return;
    const callId = key.slice(this.keyPrefix.length);
    const before = this.drafts.get(callId);
    const draft = parseDraft(value);
    if (!before || draft === null || draft.revision <= before.draft.revision) return;
    this.put(callId, { draft, sync: 'sending' });
    this.schedule(callId, othersMs);
  }

  private put(callId: string, kept: KeptDraft) {
    this.drafts.set(callId, kept);
    for (const listener of this.listeners) listener();
  }

  private schedule(callId: string, ms: number) {
    this.waiting.get(callId)?.();
    this.waiting.set(
      callId,
      this.later(() => void this.push(callId), ms),
    );
  }

  /** One request per draft at a time, so that an older revision cannot arrive after a newer one. */
  private async push(callId: string) {
    this.waiting.delete(callId);
    const kept = this.drafts.get(callId);
    if (!kept || kept.sync === 'saved' || this.underWay.has(callId) || this.held.has(callId)) return;
    this.underWay.add(callId);
    const failure = await this.send(callId, kept.draft).then(
      () => null,
      (error: unknown) => ({ error }),
    );
    this.underWay.delete(callId);
    const now = this.drafts.get(callId);
    if (now) this.settle(callId, now, kept.draft.revision, failure);
  }

  private settle(callId: string, now: KeptDraft, sent: number, failure: { error: unknown } | null) {
    if (failure && isPassing(failure.error)) {
      const count = (this.failures.get(callId) ?? 0) + 1;
      this.failures.set(callId, count);
      this.put(callId, { draft: now.draft, sync: 'kept' });
      this.schedule(callId, retryMs(count));
      return;
    }
    this.failures.delete(callId);
    if (failure) {
      // The server said no: it holds another text and pushes it (`take` joins the two), or the card is gone. The text stays here.
      this.put(callId, { draft: now.draft, sync: 'kept' });
      return;
    }
    if (now.draft.revision === sent) this.put(callId, { draft: now.draft, sync: 'saved' });
    else this.schedule(callId, 0);
  }
}
