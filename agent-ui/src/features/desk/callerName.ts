import type { Card } from '@ringdesk/shared/desk';
import type { TFunction } from 'i18next';
import { formatPhone } from '../../ui/phone.ts';

/** The number as it may be shown: null when it is withheld, whatever the network told. */
export function shownNumber(card: Card): string | null {
  if (card.presentation === 'withheld') return null;
  return card.number ?? card.numberRaw;
}

/** Who is calling, in one line: the customer, else what the line says, else that nobody knows. */
export function callerName(card: Card, t: TFunction<'desk'>): string {
  if (card.match.kind === 'one') return card.match.customer.name;
  if (card.presentation === 'withheld' || card.match.kind === 'withheld') return t('caller.withheld');
  if (card.match.kind === 'several') return card.callerName ?? t('caller.several');
  return card.callerName ?? t('caller.unknown');
}

/** The same for a place with room for little: the number rather than "unknown". */
export function callerShort(card: Card, t: TFunction<'desk'>): string {
  const number = shownNumber(card);
  if (card.match.kind === 'one' || number === null) return callerName(card, t);
  return card.callerName ?? formatPhone(number);
}
