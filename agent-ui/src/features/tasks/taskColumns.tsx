import type { Task } from '@ringdesk/shared/task';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Column } from '../../ui/table/columns.ts';
import { When } from '../../ui/When.tsx';
import { TaskDue } from './TaskDue.tsx';

/** What the list of tasks says of each. @param others whether it has tasks of others */
export function useTaskColumns(state: Task['state'], others: boolean): readonly Column<Task>[] {
  const { t } = useTranslation('tasks');
  return useMemo(
    () => [
      { id: 'title', title: t('field.title'), cell: ({ title }) => title },
      {
        id: 'dueAt',
        title: t('field.dueAt'),
        cell: (task) => <TaskDue task={task} />,
        width: '230px',
      },
      ...(others
        ? [{ id: 'owner', title: t('field.owner'), cell: ({ owner }: Task) => owner.name, width: '180px' }]
        : []),
      {
        id: 'customer',
        title: t('field.customer'),
        cell: ({ customerId, title }) =>
          customerId !== null && (
            <Link to={`/customers/${customerId}`} aria-label={t('toCustomerOf', { title })}>
              {t('toCustomer')}
            </Link>
          ),
        width: '110px',
      },
      { id: 'note', title: t('field.note'), cell: ({ note }) => note, minor: true },
      {
        id: 'createdAt',
        title: t('field.createdAt'),
        cell: ({ createdAt }) => <When at={createdAt} />,
        hiddenAtFirst: true,
        width: '140px',
      },
      ...(state === 'done'
        ? [
            {
              id: 'doneAt',
              title: t('field.doneAt'),
              cell: ({ doneAt }: Task) => doneAt !== null && <When at={doneAt} />,
              width: '140px',
            },
          ]
        : []),
    ],
    [t, state, others],
  );
}
