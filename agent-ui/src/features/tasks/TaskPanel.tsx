import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DoneBox } from './DoneBox.tsx';
import { TaskDialog } from './TaskDialog.tsx';
import { TaskDue } from './TaskDue.tsx';
import styles from './Tasks.module.css';
import { useCustomerTasks } from './taskApi.ts';

interface Props {
  customerId: string | null;
  /** The call that a new task comes from; null on the customer's own page. */
  interactionId: string | null;
}

/** On a customer's page and on the card of a call: what still has to be done for them, and one more. */
export function TaskPanel({ customerId, interactionId }: Props) {
  const { t } = useTranslation('tasks');
  const open = useCustomerTasks(customerId).data ?? [];
  const [adding, setAdding] = useState(false);
  return (
    <section className={styles.panel} aria-label={t('ofCustomer')} data-testid="task-panel">
      {open.length > 0 && (
        <ul>
          {open.map((task) => (
            <li key={task.id}>
              <DoneBox task={task} />
              <span>{task.title}</span>
              <TaskDue task={task} />
            </li>
          ))}
        </ul>
      )}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={14} aria-hidden="true" />}
        onClick={() => setAdding(true)}
        data-testid="task-add"
      >
        {t('add')}
      </Button>
      <TaskDialog
        opened={adding}
        task={null}
        about={{ customerId, interactionId }}
        onClose={() => setAdding(false)}
      />
    </section>
  );
}
