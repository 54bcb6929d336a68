import { type ReportName, type ReportRow, reportKinds } from '@ringdesk/shared/report';
import { IconChartBar } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { z } from 'zod';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FilterBar, FilterChoice } from '../../ui/filters/FilterBar.tsx';
import { type Filters, useFilters } from '../../ui/filters/useFilters.ts';
import { PeriodPicker } from '../../ui/period/PeriodPicker.tsx';
import { TabbedPage } from '../../ui/TabbedPage.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { Cell, type OpenCell } from './Cell.tsx';
import { useReport } from './reportApi.ts';
import { useReportColumns } from './reportColumns.tsx';
import { useReportTabs } from './tabs.ts';
import { periodField, usePeriodAsked } from './usePeriodAsked.ts';

const cutsOffered = ['day', 'week', 'month', '1h', 'hour-of-week'] as const;
const filterSchema = z.object({ period: periodField, interval: z.enum(cutsOffered).optional() });
type ReportFilters = z.output<typeof filterSchema>;

const isReport = (name: string | undefined): name is ReportName => name !== undefined && name in reportKinds;

/** One of the reports that are sums. Its numbers can be opened: behind each are the contacts that it counts. */
export default function ReportPage() {
  const { t } = useTranslation('reports');
  const { name: asked } = useParams();
  const name = isReport(asked) ? asked : null;
  const state = useFilters(filterSchema);
  const { from, to, period, choose } = usePeriodAsked(state);
  const { interval } = state.filters;
  const found = useReport(name, { from, to, ...(interval === undefined ? {} : { interval }) });
  const [opened, setOpened] = useState<OpenCell | null>(null);
  const columns = useReportColumns(name ?? 'queues', found.data, (cell) => setOpened({ ...cell, from, to }));
  const tabs = useReportTabs();
  if (name === null)
    return (
      <TabbedPage title={t('title')} tabs={tabs}>
        <EmptyState icon={<IconChartBar size={28} />} title={t('unknown')} text={t('unknownText')} />
      </TabbedPage>
    );
  const report = found.data;
  const rows = report?.rows.length === 0 ? [] : report && [report.total, ...report.rows];
  return (
    <TabbedPage title={t('title')} tabs={tabs}>
      <DataTable
        key={`${name} ${interval ?? ''}`}
        id={`report-${name}`}
        label={t(`tab.${name}`)}
        columns={columns}
        source={{ rows, failure: found.error, retry: () => void found.refetch() }}
        rowId={(row) => idOf(row, report?.total)}
        rowTestId="report-row"
        bar={
          <ReportBar state={state} name={name} picker={<PeriodPicker value={period} onChange={choose} />} />
        }
        note={
          report && (
            <>
              {t('agreed', {
                threshold: report.variant.thresholdSeconds,
                short: report.variant.shortAbandonSeconds,
                zone: report.timeZone,
              })}{' '}
              {report.total['provisional'] === true && t('provisional')}
            </>
          )
        }
        empty={<EmptyState icon={<IconChartBar size={28} />} title={t('empty')} text={t('emptyText')} />}
      />
      {opened !== null && <Cell name={name} cell={opened} onClose={() => setOpened(null)} />}
    </TabbedPage>
  );
}

function idOf(row: ReportRow, total: ReportRow | undefined): string {
  if (row === total) return 'total';
  return ['interval', 'queue', 'agent', 'reason'].map((name) => String(row[name] ?? '')).join(' | ');
}

interface BarProps {
  state: Filters<ReportFilters>;
  name: ReportName;
  picker: ReactNode;
}

function ReportBar({ state, name, picker }: BarProps) {
  const { t } = useTranslation('reports');
  return (
    <FilterBar state={state}>
      {picker}
      {name !== 'hours' && (
        <FilterChoice
          label={t('filter.interval')}
          value={state.filters.interval}
          options={cutsOffered.map((value) => ({ value, label: t(`filter.${value}`) }))}
          any={t('filter.whole')}
          onChange={(interval) => state.set({ interval })}
          testId="report-interval"
        />
      )}
    </FilterBar>
  );
}
