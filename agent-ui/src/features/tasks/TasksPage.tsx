import { Button } from '@mantine/core';
import { type Task, taskState } from '@ringdesk/shared/task';
import { IconChecklist, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useServerNow } from '../../platform/live/useServerNow.ts';
import { useBusinessZone } from '../../platform/session/businessZone.ts';
import { useMe, useScope } from '../../platform/session/session.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FilterBar, FilterChoice } from '../../ui/filters/FilterBar.tsx';
import { type Filters, useFilters } from '../../ui/filters/useFilters.ts';
import { useDialogInAddress } from '../../ui/form/useDialogInAddress.ts';
import page from '../../ui/ListPage.module.css';
import { dayAt } from '../../ui/period/period.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { infiniteRows } from '../../ui/table/infiniteRows.ts';
import { DoneBox } from './DoneBox.tsx';
import { dueBetween, dueChoices } from './due.ts';
import { TaskDialog } from './TaskDialog.tsx';
import { useTasks } from './taskApi.ts';
import { useTaskColumns } from './taskColumns.tsx';

const filterSchema = z.object({
  state: taskState.default('open'),
  whose: z.enum(['mine', 'team']).default('mine'),
  due: z.enum(dueChoices).optional(),
});
type TaskFilters = z.output<typeof filterSchema>;

const minuteMs = 60_000;

/** What has to be done: by oneself, or by everybody whom one may see. */
export default function TasksPage() {
  const { t } = useTranslation('tasks');
  const state = useFilters(filterSchema);
  const { filters, filtered } = state;
  const me = useMe().data;
  const zone = useBusinessZone();
  // To the minute: each other moment would be another question.
  const now = Math.floor(useServerNow() / minuteMs) * minuteMs;
  const open = filters.state === 'open';
  const found = useTasks({
    state: filters.state,
    ownerId: filters.whose === 'mine' ? me?.id : undefined,
    ...dueBetween(open ? filters.due : undefined, {
      now: new Date(now).toISOString(),
      today: dayAt(now, zone),
      zone,
    }),
  });
  const columns = useTaskColumns(filters.state, filters.whose === 'team');
  const [adding, setAdding] = useDialogInAddress('new');
  const [editing, setEditing] = useState<Task | null>(null);
  return (
    <div className={page.page}>
      <header className={page.top}>
        <h1>{t('title')}</h1>
        <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)} data-testid="task-new">
          {t('new')}
        </Button>
      </header>
      <DataTable
        id="tasks"
        label={t('title')}
        columns={columns}
        source={infiniteRows(found, (one) => one.tasks)}
        rowId={({ id }) => id}
        onOpen={setEditing}
        lead={{ title: t('field.done'), cell: (task) => <DoneBox task={task} /> }}
        rowTestId="task-row"
        bar={<TaskFilterBar state={state} />}
        empty={
          <EmptyState
            icon={<IconChecklist size={28} />}
            title={t(filtered ? 'nothingFound' : 'empty')}
            text={t(filtered ? 'nothingFoundText' : 'emptyText')}
          />
        }
      />
      <TaskDialog opened={adding} task={null} onClose={() => setAdding(false)} />
      <TaskDialog
        key={editing?.id}
        opened={editing !== null}
        task={editing}
        onClose={() => setEditing(null)}
      />
    </div>
  );
}

function TaskFilterBar({ state }: { state: Filters<TaskFilters> }) {
  const { t } = useTranslation('tasks');
  const scope = useScope('tasks.use');
  const { filters, set } = state;
  const options = <V extends 'open' | 'done' | 'mine' | 'team' | 'overdue' | 'today' | 'week'>(
    values: readonly V[],
  ) => values.map((value) => ({ value, label: t(`filter.${value}`) }));
  return (
    <FilterBar state={state}>
      <FilterChoice
        label={t('filter.state')}
        value={filters.state}
        options={options(['open', 'done'])}
        any={null}
        onChange={(value) => set({ state: value })}
        testId="task-state"
      />
      {scope !== 'own' && (
        <FilterChoice
          label={t('filter.whose')}
          value={filters.whose}
          options={options(['mine', 'team'])}
          any={null}
          onChange={(value) => set({ whose: value })}
          testId="task-whose"
        />
      )}
      {filters.state === 'open' && (
        <FilterChoice
          label={t('filter.due')}
          value={filters.due}
          options={options(dueChoices)}
          any={t('filter.any')}
          onChange={(value) => set({ due: value })}
          testId="task-due"
        />
      )}
    </FilterBar>
  );
}
