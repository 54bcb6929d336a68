import type { ImportReport } from '@ringdesk/shared/customer';
import type { TFunction } from 'i18next';

type Rejected = ImportReport['rejected'][number];

const byField = ['name', 'phone', 'email', 'tier', 'kind'] as const;

/**
 * Why a line was refused, in the page's language. The server says it in English, for integrators too; the usual reasons are told by the field
 * that they name, a reason that is not known here is shown as it came.
 */
export function rejectReason({ field, reason }: Rejected, t: TFunction<'customers'>): string {
  const cells = /^has (\d+) cells where the first line has (\d+)$/.exec(reason);
  if (cells) return t('reject.cells', { has: cells[1], wanted: cells[2] });
  const more = /^(\d+) more lines are rejected/.exec(reason);
  if (more) return t('reject.more', { count: Number(more[1]) });
  const known = byField.find((each) => each === field);
  return known ? t(`reject.${known}`) : reason;
}
