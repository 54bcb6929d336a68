import type { Card } from '@ringdesk/shared/desk';
import type { TFunction } from 'i18next';

/** Nobody took the caller, who is not on the line any more. */
export function mayBeCalledBack({ fate, consultation }: Card): boolean {
  if (consultation) return false;
  return fate?.state === 'left' || fate?.state === 'voicemail' || fate?.state === 'callback';
}

/** How a ring ended that was not taken here: what this phone did, and what became of the caller. */
export function howItEnded(
  {
    outcome,
    fate,
    consultation,
    transferredFrom,
  }: Pick<Card, 'outcome' | 'fate' | 'consultation' | 'transferredFrom'>,
  t: TFunction<'desk'>,
): string {
  const here =
    outcome === 'missed' || outcome === 'declined' || outcome === 'busy' ? t(`missed.here.${outcome}`) : null;
  const there = consultation
    ? t('missed.asked', { name: transferredFrom?.name ?? '?' })
    : fate?.state === 'taken' && fate.by !== null
      ? t('missed.takenBy', { name: fate.by })
      : t(`missed.fate.${fate?.state ?? 'left'}`);
  return here === null ? there : `${here}, ${there}`;
}
