import type { RepeatRow } from '@ringdesk/shared/report';
import { IconChartBar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FilterBar, FilterChoice } from '../../ui/filters/FilterBar.tsx';
import { useFilters } from '../../ui/filters/useFilters.ts';
import { PeriodPicker } from '../../ui/period/PeriodPicker.tsx';
import { TabbedPage } from '../../ui/TabbedPage.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { useChoiceNames } from '../interactions/index.ts';
import { useAgentNames, useRepeats } from './reportApi.ts';
import { useReportTabs } from './tabs.ts';
import { useMetricText } from './useMetricText.ts';
import { periodField, usePeriodAsked } from './usePeriodAsked.ts';

const kinds = ['queue', 'agent', 'reason', 'disposition'] as const;
type Kind = (typeof kinds)[number];
const windows = ['1', '3', '7', '14', '30'] as const;
const filterSchema = z.object({
  period: periodField,
  by: z.enum(kinds).default('agent'),
  window: z.enum(windows).default('7'),
});

type Row = RepeatRow & { key: string | null };
const counts = [
  'answered',
  'repeat',
  'repeatRate',
  'fcrGross',
  'fcrNet',
  'triggers',
  'retry',
  'returned',
  'customers',
  'repeatCustomers',
  'contactsPerProblem',
  'inbound',
  'first',
  'forward',
  'withheld',
  'notFinal',
] as const;
const isShare = (name: (typeof counts)[number]) => name === 'repeatRate' || name.startsWith('fcr');
const shownAtFirst = 7;

/** Who had to contact us again, and whose answer did not last. */
export default function RepeatsPage() {
  const { t } = useTranslation('reports');
  const state = useFilters(filterSchema);
  const { from, to, period, choose } = usePeriodAsked(state);
  const { by, window } = state.filters;
  const found = useRepeats({ from, to, by, windowDays: Number(window) });
  const columns = useColumns(by);
  const report = found.data;
  const rows: Row[] | undefined =
    report && (report.total.inbound === 0 ? [] : [{ key: null, ...report.total }, ...report.rows]);
  const inDays = t('filter.days', { count: Number(window) });
  return (
    <TabbedPage title={t('title')} tabs={useReportTabs()}>
      <DataTable
        id="report-repeat-contacts"
        label={t('tab.repeat-contacts')}
        columns={columns}
        source={{ rows, failure: found.error, retry: () => void found.refetch() }}
        rowId={({ key }) => `key ${key ?? 'of all'}`}
        rowTestId="report-row"
        bar={
          <FilterBar state={state}>
            <PeriodPicker value={period} onChange={choose} />
            <FilterChoice
              label={t('filter.by')}
              value={by}
              options={kinds.map((value) => ({ value, label: t(`column.${value}`) }))}
              any={null}
              onChange={(value) => state.set({ by: value })}
              testId="repeats-by"
            />
            <FilterChoice
              label={t('filter.window')}
              value={window}
              options={windows.map((value) => ({ value, label: t('filter.days', { count: Number(value) }) }))}
              any={null}
              onChange={(value) => state.set({ window: value })}
              testId="repeats-window"
            />
          </FilterBar>
        }
        note={t('repeat.note', { window: inDays })}
        empty={<EmptyState icon={<IconChartBar size={28} />} title={t('empty')} text={t('emptyText')} />}
      />
    </TabbedPage>
  );
}

function useColumns(by: Kind): readonly Column<Row>[] {
  const { t } = useTranslation('reports');
  const { text } = useMetricText();
  const choices = useChoiceNames();
  const agentName = useAgentNames();
  function nameOf({ key }: Row): string {
    if (key === null) return t('column.total');
    if (key === '') return t(`none.${by}`);
    if (by === 'agent') return agentName(key);
    return by === 'queue' ? key : choices[by](key);
  }
  return [
    { id: 'about', title: t(`column.${by}`), cell: nameOf, sort: nameOf, width: '190px' },
    ...counts.map(
      (name, at): Column<Row> => ({
        id: name,
        title: t(`repeat.${name}`),
        align: 'end',
        hiddenAtFirst: at >= shownAtFirst,
        minor: at >= 4,
        sort: (row) => row[name],
        cell: (row) => text(isShare(name) ? 'share' : 'count', row[name]),
      }),
    ),
  ];
}
