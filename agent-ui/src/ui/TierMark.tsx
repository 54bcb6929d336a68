import type { Customer } from '@ringdesk/shared/customer';
import { useTranslation } from 'react-i18next';
import styles from './TierMark.module.css';

/** The customer's tier; the standard one needs no mark. */
export function TierMark({ tier }: { tier: Customer['tier'] }) {
  const { t } = useTranslation('customers');
  if (tier === 'standard') return null;
  return <span className={`${styles.mark} ${styles[tier]}`}>{t(`tier.${tier}`)}</span>;
}
