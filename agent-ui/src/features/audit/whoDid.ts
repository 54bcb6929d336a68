import type { AuditRecord } from '@ringdesk/shared/audit';

/** The name of who did it. @param system what the server itself is called */
export function whoDid({ actor }: Pick<AuditRecord, 'actor'>, system: string): string {
  return actor.kind === 'system' ? system : actor.name;
}
