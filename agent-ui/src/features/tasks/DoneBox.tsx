import { Checkbox } from '@mantine/core';
import '@mantine/core/styles/Checkbox.css';
import { notifications } from '@mantine/notifications';
import type { Task } from '@ringdesk/shared/task';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../platform/i18n/useLocale.ts';
import { formatDue } from '../../ui/format.ts';
import { notifyFailure } from '../../ui/notifyFailure.ts';
import { useSetTaskState } from './taskApi.ts';

/** Says that a task is done, or open again. */
export function DoneBox({ task: { id, title, state, repeat } }: { task: Task }) {
  const { t } = useTranslation('tasks');
  const locale = useLocale();
  const set = useSetTaskState();
  const done = state === 'done';
  const label = t(done ? 'setOpen' : 'setDone', { title });
  return (
    <Checkbox
      size="sm"
      aria-label={label}
      // Shown at once; the list follows when the server has said so.
      checked={set.isPending ? set.variables.state === 'done' : done}
      disabled={set.isPending}
      onChange={() =>
        set.mutate(
          { id, state: done ? 'open' : 'done' },
          {
            onSuccess: ({ dueAt }) => {
              if (done || repeat === null || dueAt === null) return;
              const when = formatDue(dueAt, Date.now(), locale);
              notifications.show({ message: t('again', { when }) });
            },
            onError: (failure) => notifyFailure(label, failure),
          },
        )
      }
      data-testid="task-done"
    />
  );
}
