import type { DeskView } from '@ringdesk/shared/desk';
import { IconPlayerPause } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './QueueList.module.css';

/** The queues whose calls come to this agent, and which of them are paused. */
export const QueueList = memo(function QueueList({ queues }: { queues: DeskView['queues'] }) {
  const { t } = useTranslation('desk');
  if (queues.length === 0) return <span className={styles.none}>{t('queues.none')}</span>;
  return (
    <ul className={styles.queues} aria-label={t('queues.mine')}>
      {queues.map(({ name, paused }) => (
        <li
          key={name}
          data-paused={paused}
          title={t(paused ? 'queues.paused' : 'queues.open', { queue: name })}
        >
          {paused && <IconPlayerPause size={12} stroke={2} aria-label={t('queues.pausedShort')} />}
          {name}
        </li>
      ))}
    </ul>
  );
});
