import { Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useFailureText } from '../../platform/i18n/useFailureText.ts';
import type { Column, DataTableProps, RowSource } from './columns.ts';
import styles from './DataTable.module.css';
import { nextOrder } from './order.ts';
import { TableRow } from './Row.tsx';
import { rowAfterKey } from './rowKeys.ts';
import type { TableView } from './useTableView.ts';

/** Of a row of one line, px: what a list is laid out with until its rows are measured. */
const rowHeight = 41;
/** So many rows before the last one the next page is asked for. */
const ahead = 10;

interface Props<Row> extends DataTableProps<Row> {
  rows: readonly Row[];
  view: TableView;
  fit: 'page' | 'content';
}

/** The rows that are on the screen, and some around them. */
export function Rows<Row>({ rows, columns, view, fit, label, source, note, ...props }: Props<Row>) {
  const { rowId, rowLink, onOpen, rowTestId, lead } = props;
  const wide = columns.length + (lead ? 1 : 0);
  const navigate = useNavigate();
  const box = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => keyAt(rows, index, rowId),
    overscan: 12,
    initialRect: { width: 800, height: 800 },
  });
  const whole = fit === 'content';
  const items = virtualizer.getVirtualItems();
  const inside = whole ? rows.map((_, index) => index) : items.map(({ index }) => index);
  const before = whole ? 0 : (items[0]?.start ?? 0);
  const after = whole ? 0 : virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (!whole && last >= rows.length - ahead && source.hasMore && !source.loadingMore && !source.failure)
      source.loadMore?.();
  }, [whole, last, rows.length, source]);
  const walk = useWalk(box, rows.length, (index) => !whole && virtualizer.scrollToIndex(index));
  const open = (row: Row) => {
    const to = rowLink?.(row);
    if (to !== undefined) void navigate(to);
    else onOpen?.(row);
  };
  return (
    <div ref={box} className={styles.box}>
      <table className={styles.grid} aria-label={label} aria-rowcount={source.hasMore ? -1 : rows.length + 1}>
        <Head columns={columns} view={view} lead={lead?.title} canSort={source.hasMore !== true} />
        <tbody onKeyDown={walk.onKeyDown}>
          <Gap height={before} columns={wide} />
          {inside.map((index) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <TableRow
                key={rowId(row)}
                ref={whole ? null : virtualizer.measureElement}
                row={row}
                index={index}
                lead={lead?.cell(row)}
                columns={columns}
                link={rowLink?.(row)}
                onOpen={rowLink || onOpen ? () => open(row) : null}
                reached={index === walk.at}
                onReach={() => walk.reach(index)}
                testId={rowTestId}
              />
            );
          })}
          <Gap height={after} columns={wide} />
        </tbody>
      </table>
      <More source={source} />
      {note && <p className={styles.more}>{note}</p>}
    </div>
  );
}

function keyAt<Row>(rows: readonly Row[], index: number, rowId: (row: Row) => string): string | number {
  const row = rows[index];
  return row === undefined ? index : rowId(row);
}

/** Stands for the rows that are not drawn. */
function Gap({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    <tr className={styles.gap}>
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}

interface HeadProps<Row> {
  columns: readonly Column<Row>[];
  view: TableView;
  lead: string | undefined;
  /** The page has all rows, so that it may sort them. */
  canSort: boolean;
}

function Head<Row>({ columns, view, lead, canSort }: HeadProps<Row>) {
  const { order, setOrder } = view;
  return (
    <thead>
      <tr>
        {lead !== undefined && (
          <th scope="col" className={styles.lead}>
            <span className={styles.spoken}>{lead}</span>
          </th>
        )}
        {columns.map(({ id, title, align, width, minor, sort, sortedByServer }) => {
          const sorted = order?.column === id ? (order.descending ? 'descending' : 'ascending') : undefined;
          const Arrow = sorted === 'descending' ? IconArrowDown : IconArrowUp;
          return (
            <th
              key={id}
              scope="col"
              data-align={align}
              data-minor={minor}
              style={{ width }}
              {...(sorted && { 'aria-sort': sorted })}
            >
              {sortedByServer || (sort && canSort) ? (
                <button type="button" onClick={() => setOrder(nextOrder(order, id))}>
                  {title}
                  <Arrow size={14} aria-hidden="true" data-sorted={sorted !== undefined} />
                </button>
              ) : (
                title
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

/** For keys, and for a page that could not be fetched. */
function More({ source }: { source: Omit<RowSource<unknown>, 'rows'> }) {
  const { t } = useTranslation('pieces');
  const failureText = useFailureText();
  const { hasMore = false, loadingMore = false, failure, loadMore, retry } = source;
  if (failure)
    return (
      <p className={styles.more} role="alert">
        {failureText(failure)}{' '}
        <Button variant="subtle" size="compact-sm" onClick={hasMore && loadMore ? loadMore : retry}>
          {t('action.retry', { ns: 'shell' })}
        </Button>
      </p>
    );
  if (!hasMore) return null;
  return (
    <p className={styles.more}>
      <Button variant="subtle" size="compact-sm" loading={loadingMore} onClick={() => loadMore?.()}>
        {t('table.more')}
      </Button>
    </p>
  );
}

/** Moves the focus from row to row: one of them is in the order of Tab, the arrows reach the others. */
function useWalk(box: { current: HTMLElement | null }, count: number, scrollTo: (index: number) => unknown) {
  const [reached, setReached] = useState(0);
  const at = Math.min(reached, count - 1);
  const wanted = useRef(false);
  useEffect(() => {
    if (!wanted.current) return;
    const target = box.current?.querySelector<HTMLElement>(`[data-row-focus="${at}"]`);
    if (!target) return;
    wanted.current = false;
    target.focus();
  });
  function onKeyDown(event: KeyboardEvent) {
    if (!(event.target instanceof HTMLElement) || event.target.dataset['rowFocus'] === undefined) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / rowHeight) - 2);
    const next = rowAfterKey(event.key, at, count, page);
    if (next === null) return;
    event.preventDefault();
    wanted.current = true;
    scrollTo(next);
    setReached(next);
  }
  return { at, reach: setReached, onKeyDown };
}
