import type { AuditRecord } from '@ringdesk/shared/audit';

/** What a value is shown as: texts as they are, nothing as nothing, the rest as JSON. */
export function shownValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The fields that a record says were changed. */
export function changedFields({ changes }: Pick<AuditRecord, 'changes'>) {
  return Object.entries(changes).map(([field, { before, after }]) => ({
    field,
    before: shownValue(before),
    after: shownValue(after),
  }));
}
