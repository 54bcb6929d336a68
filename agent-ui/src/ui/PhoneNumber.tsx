import { IconPhoneOutgoing } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDial } from '../platform/dial.ts';
import styles from './PhoneNumber.module.css';
import { formatPhone } from './phone.ts';

interface Props {
  number: string;
  label?: string | null;
  /** Shown large, on the card. */
  large?: boolean;
}

/** A number, everywhere one is shown: a click calls it, where the user has a phone. */
export function PhoneNumber({ number, label, large = false }: Props) {
  const { t } = useTranslation();
  const dial = useDial();
  const text = formatPhone(number);
  const size = large ? styles.large : '';
  const after = label ? <span className="quiet">{label}</span> : null;
  if (!dial) {
    return (
      <span className={`${styles.number} ${size} num`}>
        {text} {after}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={`${styles.number} ${styles.call} ${size} num`}
      onClick={(event) => {
        event.stopPropagation();
        dial(number);
      }}
      title={t('phone.call', { number: text })}
      // All that is seen on it is in its name.
      aria-label={t('phone.call', { number: label ? `${text} ${label}` : text })}
    >
      {text}
      <IconPhoneOutgoing className={styles.icon} size={large ? 16 : 14} aria-hidden="true" /> {after}
    </button>
  );
}
