import type { RejectedLine } from '@ringdesk/shared/customer-import';
import type { TFunction } from 'i18next';

/** Why a line was not taken, in the page's language. */
export function rejectReason({ code, params }: RejectedLine, t: TFunction<'customers'>): string {
  return t(`reject.${code}`, params);
}
