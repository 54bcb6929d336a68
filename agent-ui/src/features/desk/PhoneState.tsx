import type { DeskView } from '@ringdesk/shared/desk';
import { IconPhone } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './PhoneState.module.css';

const troubled: ReadonlySet<DeskView['phone']> = new Set(['unavailable', 'unknown']);

/** What the PBX says of the agent's phone. An unreachable one is said aloud: no call will come. */
export const PhoneState = memo(function PhoneState({ phone }: { phone: DeskView['phone'] }) {
  const { t } = useTranslation('desk');
  return (
    <span className={troubled.has(phone) ? styles.trouble : styles.phone} title={t(`phoneHint.${phone}`)}>
      <IconPhone size={16} stroke={1.6} aria-hidden="true" />
      {t(`phone.${phone}`)}
    </span>
  );
});
