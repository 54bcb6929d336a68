import { Button } from '@mantine/core';
import type { InteractionSummary } from '@ringdesk/shared/interaction';
import { IconHistory } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyFailure } from '../../ui/notifyFailure.ts';
import styles from './Timeline.module.css';
import { TimelineItem } from './TimelineItem.tsx';

interface Props {
  /** Newest first. */
  interactions: InteractionSummary[];
  /** Whether it is known whose timeline it is: only then does an empty one say that there was no contact. */
  known: boolean;
  /** How many there are in all. */
  total: number;
  loading: boolean;
  /** Fetches the next page; null when all are there. */
  onMore: (() => Promise<{ error: Error | null }>) | null;
}

/** What was between this customer and us before. */
export const Timeline = memo(function Timeline({ interactions, known, total, loading, onMore }: Props) {
  const { t } = useTranslation('interactions');
  if (interactions.length === 0) {
    return known ? (
      <p className={styles.empty}>
        <IconHistory size={16} stroke={1.6} aria-hidden="true" /> {t('timeline.empty')}
      </p>
    ) : null;
  }
  async function more() {
    const failure = (await onMore?.())?.error ?? null;
    if (failure !== null) notifyFailure(t('timeline.moreFailed'), failure);
  }
  return (
    <>
      <h2 className={styles.title}>{t('timeline.title')}</h2>
      <ol className={styles.list}>
        {interactions.map((interaction) => (
          <TimelineItem key={interaction.id} interaction={interaction} />
        ))}
      </ol>
      {onMore !== null && (
        <p className={styles.more}>
          <span className="quiet num" data-testid="timeline-shown">
            {t('timeline.shown', { shown: interactions.length, total })}
          </span>
          <Button
            variant="subtle"
            size="compact-sm"
            loading={loading}
            onClick={() => void more()}
            data-testid="timeline-more"
          >
            {t('timeline.more')}
          </Button>
        </p>
      )}
    </>
  );
});
