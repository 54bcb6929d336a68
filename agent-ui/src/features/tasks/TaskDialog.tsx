import type { Task } from '@ringdesk/shared/task';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../../ui/form/FormDialog.tsx';

/** Fetched when a task is written: it brings the calendar along. */
const TaskForm = lazy(() => import('./TaskForm.tsx'));

interface Props {
  opened: boolean;
  /** The one to change; null for a new one. */
  task: Task | null;
  /** What a new one is about. */
  about?: Pick<Task, 'customerId' | 'interactionId'>;
  onClose: () => void;
}

/** A task, to be written or changed. */
export function TaskDialog({ opened, task, about, onClose }: Props) {
  const { t } = useTranslation('tasks');
  return (
    <FormDialog opened={opened} onClose={onClose} title={t(task ? 'edit' : 'new')}>
      {(dialog) => (
        <Suspense>
          <TaskForm task={task} about={about ?? { customerId: null, interactionId: null }} dialog={dialog} />
        </Suspense>
      )}
    </FormDialog>
  );
}
