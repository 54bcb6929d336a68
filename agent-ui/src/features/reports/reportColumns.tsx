import { UnstyledButton } from '@mantine/core';
import { catalogue, type MetricId } from '@ringdesk/shared/metrics/catalogue';
import {
  type CellQuery,
  openable,
  type Report,
  type ReportKind,
  type ReportName,
  type ReportRow,
  reportKinds,
} from '@ringdesk/shared/report';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../ui/table/columns.ts';
import { useChoiceNames } from '../interactions/index.ts';
import type { OpenCell } from './Cell.tsx';
import styles from './Reports.module.css';
import { useAgentNames } from './reportApi.ts';
import { useMetricText } from './useMetricText.ts';

const isOpenable = (id: MetricId): id is CellQuery['metric'] => openable.some((one) => one === id);
/** What one looks at first; all else is a press away. */
const shownAtFirst: readonly MetricId[] = [
  'entered',
  'answered',
  'abandoned',
  'serviceLevel',
  'abandonRate',
  'asaSeconds',
  'waitP90Seconds',
  'offers',
  'missed',
  'rnaRate',
  'handled',
  'ahtSeconds',
  'transferRate',
];

/** What a report says of each row: what it is about, and its numbers. @param open a number was pressed */
export function useReportColumns(
  name: ReportName,
  report: Report | undefined,
  open: (cell: Omit<OpenCell, 'from' | 'to'>) => void,
): readonly Column<ReportRow>[] {
  const metric = useMetricText();
  const whatOf = useRowNames(report);
  const { t } = useTranslation('reports');
  const kind: ReportKind = reportKinds[name];
  const about = kind.by[0];
  const cut = report?.interval !== null && report?.interval !== undefined;
  return [
    {
      id: 'about',
      title: t(about === undefined || !isNamed(about) ? 'column.interval' : `column.${about}`),
      cell: whatOf,
      sort: whatOf,
      width: '190px',
    },
    ...kind.metrics.map((id, at): Column<ReportRow> => {
      const { unit } = catalogue[id];
      return {
        id,
        title: metric.nameOf(id),
        align: 'end',
        hiddenAtFirst: !shownAtFirst.includes(id) && kind.metrics.length > 10,
        minor: at >= 4,
        sort: (row) => (typeof row[id] === 'number' ? row[id] : null),
        cell(row) {
          const text = metric.text(unit, row[id]);
          // An interval has no address of its own yet: its contacts are those of the whole time.
          if (!isOpenable(id) || cut || row[id] === 0)
            return <span title={metric.definitionOf(id)}>{text}</span>;
          return (
            <UnstyledButton
              className={styles.number ?? ''}
              title={metric.definitionOf(id)}
              aria-label={`${text}. ${t('cell.open', { metric: metric.nameOf(id), of: whatOf(row) })}`}
              onClick={() => open({ metric: id, of: whatOf(row), whose: whoseOf(row) })}
              data-testid={`cell-${id}`}
            >
              {text}
            </UnstyledButton>
          );
        },
      };
    }),
  ];
}

const named = ['queue', 'agent', 'reason'] as const;
const isNamed = (name: string): name is (typeof named)[number] => named.some((one) => one === name);

function whoseOf(row: ReportRow): OpenCell['whose'] {
  return Object.fromEntries(
    named.flatMap((name) => (typeof row[name] === 'string' ? [[name, row[name]]] : [])),
  );
}

/** What a row is about, in words. */
function useRowNames(report: Report | undefined): (row: ReportRow) => string {
  const { t } = useTranslation('reports');
  const choices = useChoiceNames();
  const agentName = useAgentNames();
  const texts = { queue: (name: string) => name, agent: agentName, reason: choices.reason };
  const textOf = (name: (typeof named)[number], value: string) =>
    value === '' ? t(`none.${name}`) : texts[name](value);
  return (row) => {
    if (row === report?.total) return t('column.total');
    const interval = row['interval'];
    const parts = typeof interval === 'string' ? [intervalText(interval, t)] : [];
    for (const name of named) {
      const value = row[name];
      if (typeof value === 'string') parts.push(textOf(name, value));
    }
    return parts.join(' · ');
  };
}

/** `1-09` is Monday from nine on. */
function intervalText(key: string, t: ReturnType<typeof useTranslation<'reports'>>['t']): string {
  const [, day, hour] = /^([1-7])-(\d\d)$/.exec(key) ?? [];
  const days = ['1', '2', '3', '4', '5', '6', '7'] as const;
  const known = days.find((one) => one === day);
  if (known !== undefined) return `${t(`weekday.${known}`)} ${hour}:00`;
  return key.slice(0, 16).replace('T', ' ');
}
