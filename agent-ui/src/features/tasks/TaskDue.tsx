import type { Task } from '@ringdesk/shared/task';
import { IconRepeat } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../platform/i18n/useLocale.ts';
import { useServerNow } from '../../platform/live/useServerNow.ts';
import { formatDue } from '../../ui/format.ts';
import styles from './Tasks.module.css';

/** When a task is due, and that it is late; whether it comes again. */
export function TaskDue({ task: { dueAt, state, repeat } }: { task: Task }) {
  const { t } = useTranslation('tasks');
  const locale = useLocale();
  const now = useServerNow();
  if (dueAt === null) return <span className="quiet">{t('noDay')}</span>;
  const late = state === 'open' && Date.parse(dueAt) < now;
  return (
    <span className={`${styles.due} num`} data-late={late}>
      <time dateTime={dueAt}>{formatDue(dueAt, now, locale)}</time>
      {late && <span> · {t('overdue')}</span>}
      {repeat !== null && (
        <IconRepeat size={14} role="img" aria-label={t(`repeat.${repeat}`)} title={t(`repeat.${repeat}`)} />
      )}
    </span>
  );
}
