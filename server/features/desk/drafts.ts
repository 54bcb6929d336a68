import type { WrapUpDraft } from '@ringdesk/shared/desk';

/** What became of a draft that a device sent. */
export type DraftVerdict = 'taken' | 'known' | 'older' | 'clash';

/**
 * Judges a draft against the one that is kept: the highest revision wins, whatever the order of arrival. Two devices that gave one revision
 * to different texts clash: the first stands, and the second is told, so that it can go on from the pushed one.
 */
export function judgeDraft(kept: WrapUpDraft, sent: WrapUpDraft): DraftVerdict {
  if (sent.revision > kept.revision) return 'taken';
  if (sent.revision < kept.revision) return 'older';
  return sameText(kept, sent) ? 'known' : 'clash';
}

function sameText(a: Omit<WrapUpDraft, 'revision'>, b: Omit<WrapUpDraft, 'revision'>): boolean {
  return a.disposition === b.disposition && a.reason === b.reason && a.note === b.note;
}

/** Whether something would be lost if the draft went away. */
export function hasText(draft: Omit<WrapUpDraft, 'revision'>): boolean {
  return draft.disposition !== null || draft.reason !== null || draft.note.trim() !== '';
}

/**
 * Whether a draft that comes after its form was closed still counts: only when the time limit closed it, not the agent, and only when it says
 * more than what was saved.
 */
export function amendable(settled: { byLimit: boolean; revision: number }, revision: number): boolean {
  return settled.byLimit && revision > settled.revision;
}
