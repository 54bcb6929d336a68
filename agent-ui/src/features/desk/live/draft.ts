import { type WrapUpDraft, wrapUpDraft } from '@ringdesk/shared/desk';

/** What the agent fills in; the revision is kept by `withChange`. */
export type DraftPatch = Partial<Omit<WrapUpDraft, 'revision'>>;

/** The draft after a change on this device: each change is one revision higher than what the device knew. */
export function withChange(draft: WrapUpDraft, patch: DraftPatch): WrapUpDraft {
  return { ...draft, ...patch, revision: draft.revision + 1 };
}

/**
 * The draft that stands when this device and the server have one each: the higher revision. When two devices gave one revision to different
 * texts (one of them was without a connection), both texts are kept, as a new revision: nothing that was typed is lost.
 */
export function mergeDrafts(own: WrapUpDraft | null, server: WrapUpDraft): WrapUpDraft {
  if (own === null || server.revision > own.revision) return server;
  if (own.revision > server.revision || sameText(own, server)) return own;
  return {
    disposition: own.disposition ?? server.disposition,
    reason: own.reason ?? server.reason,
    note: joinNotes(own.note, server.note),
    revision: own.revision + 1,
  };
}

export function sameText(a: WrapUpDraft, b: WrapUpDraft): boolean {
  return a.disposition === b.disposition && a.reason === b.reason && a.note === b.note;
}

/** The server takes no longer note. */
const noteLimit = 8_000;

function joinNotes(own: string, server: string): string {
  if (own.includes(server)) return own;
  if (server.includes(own)) return server;
  return `${server}\n${own}`.slice(0, noteLimit);
}

/** Reads a kept draft; null when it is not one (an older version's, or damaged). */
export function parseDraft(text: string | null): WrapUpDraft | null {
  if (text === null) return null;
  try {
    const parsed = wrapUpDraft.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
