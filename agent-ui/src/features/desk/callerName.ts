import type { Card } from '@ringdesk/shared/desk';
import type { TFunction } from 'i18next';
import { formatPhone } from '../../ui/phone.ts';

/** The number as it may be shown: null when it is withheld, whatever the network told. */
export function shownNumber(card: Card): string | null {
  if (card.presentation === 'withheld') return null;
  return card.number ?? card.numberRaw;
}

/**
 * Who is calling, in one line: the customer, the colleague, or that nobody knows. What the line says is no identity: it names whoever pays for the line,
 * or what somebody typed once; it stands beside the number (`lineName`).
 */
export function callerName(card: Card, t: TFunction<'desk'>): string {
  const { match } = card;
  if (match.kind === 'one') return match.customer.name;
  if (card.presentation === 'withheld' || match.kind === 'withheld') return t('caller.withheld');
  if (card.direction === 'internal') return card.callerName ?? shownNumber(card) ?? t('caller.unknown');
  if (match.kind === 'several') return t('caller.several');
  const number = shownNumber(card);
  if (match.kind === 'none' || number === null) return t('caller.unknown');
  return formatPhone(number);
}

/** What the line says the caller is called, where that is not what the headline says already. */
export function lineName(card: Card): string | null {
  if (card.direction === 'internal' || card.presentation === 'withheld') return null;
  return card.match.kind === 'one' && card.match.customer.name === card.callerName ? null : card.callerName;
}

/** The same for a place with room for little: the number rather than "unknown". */
export function callerShort(card: Card, t: TFunction<'desk'>): string {
  const number = shownNumber(card);
  if (card.match.kind === 'one' || card.direction === 'internal' || number === null)
    return callerName(card, t);
  return formatPhone(number);
}
