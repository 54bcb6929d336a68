import { Skeleton } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../platform/i18n/useLocale.ts';
import { Unreachable } from '../Unreachable.tsx';
import { ColumnMenu } from './ColumnMenu.tsx';
import type { DataTableProps } from './columns.ts';
import styles from './DataTable.module.css';
import { Rows } from './Rows.tsx';
import { useTableRows } from './useTableRows.ts';
import { useTableView } from './useTableView.ts';
import { ViewMenu } from './ViewMenu.tsx';

/**
 * The table of every list: sorts, leaves columns out, keeps views, and fetches more as one scrolls. Arrows, Home, End and the page keys move between
 * rows, Enter opens one. Narrow, each row becomes a card.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { id, label, columns, source, fit = 'page', bar, empty } = props;
  const { t } = useTranslation('pieces');
  const locale = useLocale();
  const view = useTableView(id, columns);
  const collator = useMemo(() => new Intl.Collator(locale, { numeric: true }), [locale]);
  const { shown, rows } = useTableRows({ ...props, view, collator });
  const { failure, retry } = source;
  const state = source.rows === undefined ? (failure ? 'failed' : 'loading') : 'there';
  return (
    <section className={styles.table} data-fit={fit} aria-label={label} aria-busy={state === 'loading'}>
      <div className={styles.bar}>
        <div className={styles.filters}>{bar}</div>
        {source.total !== undefined && (
          <span className={`${styles.total} num`}>{t('table.total', { count: source.total })}</span>
        )}
        <ColumnMenu columns={columns} view={view} />
        <ViewMenu columns={columns} view={view} />
      </div>
      {state === 'loading' && <Loading />}
      {state === 'failed' && <Unreachable failure={failure} onRetry={retry} />}
      {state === 'there' && rows.length === 0 && empty}
      {state === 'there' && rows.length > 0 && (
        <Rows {...props} columns={shown} rows={rows} view={view} fit={fit} />
      )}
    </section>
  );
}

const loadingRows = ['70%', '55%', '80%', '60%', '65%'];

function Loading() {
  const { t } = useTranslation('pieces');
  return (
    <div className={styles.loading} role="status" aria-label={t('table.loading')}>
      {loadingRows.map((width) => (
        <Skeleton key={width} height={14} width={width} />
      ))}
    </div>
  );
}
