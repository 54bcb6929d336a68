import type { InteractionSummary } from '@ringdesk/shared/interaction';
import { IconHistory } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Timeline.module.css';
import { TimelineItem } from './TimelineItem.tsx';

interface Props {
  /** Newest first. */
  interactions: InteractionSummary[];
  /** Whether it is known whose timeline it is: only then does an empty one say that there was no contact. */
  known: boolean;
}

/** What was between this customer and us before. */
export const Timeline = memo(function Timeline({ interactions, known }: Props) {
  const { t } = useTranslation('desk');
  if (interactions.length === 0) {
    return known ? (
      <p className={styles.empty}>
        <IconHistory size={16} stroke={1.6} aria-hidden="true" /> {t('timeline.empty')}
      </p>
    ) : null;
  }
  return (
    <>
      <h2 className={styles.title}>{t('timeline.title')}</h2>
      <ol className={styles.list}>
        {interactions.map((interaction) => (
          <TimelineItem key={interaction.id} interaction={interaction} />
        ))}
      </ol>
    </>
  );
});
