import type { MouseEvent, ReactNode, Ref } from 'react';
import { Link } from 'react-router';
import type { Column } from './columns.ts';
import styles from './DataTable.module.css';

interface Props<Row> {
  ref: Ref<HTMLTableRowElement> | null;
  row: Row;
  index: number;
  /** What stands before the first cell; undefined where nothing does. */
  lead: ReactNode;
  columns: readonly Column<Row>[];
  link: string | undefined;
  onOpen: (() => void) | null;
  /** It is the one that Tab comes to. */
  reached: boolean;
  onReach: () => void;
  testId: string | undefined;
}

/** A row; its first cell is what opens it, and has the focus. */
export function TableRow<Row>({ ref, row, index, lead, columns, onOpen, testId, ...focus }: Props<Row>) {
  function press(event: MouseEvent<HTMLElement>) {
    // What can be pressed in a row does its own; marking text is no press.
    const own = event.target instanceof Element && event.target.closest('a, button, input, label');
    if (!own && window.getSelection()?.isCollapsed !== false) onOpen?.();
  }
  return (
    <tr
      ref={ref}
      data-index={index}
      data-lead={lead !== undefined}
      data-opens={onOpen !== null}
      data-testid={testId}
      aria-rowindex={index + 2}
      onClick={press}
    >
      {lead !== undefined && <td className={styles.lead}>{lead}</td>}
      {columns.map(({ id, title, cell, align, minor }, i) => (
        <td key={id} data-align={align} data-minor={minor} data-title={i === 0 ? undefined : title}>
          {i === 0 ? (
            <Opener index={index} onOpen={onOpen} {...focus}>
              {cell(row)}
            </Opener>
          ) : (
            cell(row)
          )}
        </td>
      ))}
    </tr>
  );
}

interface OpenerProps {
  index: number;
  link: string | undefined;
  onOpen: (() => void) | null;
  reached: boolean;
  onReach: () => void;
  children: ReactNode;
}

function Opener({ index, link, onOpen, reached, onReach, children }: OpenerProps) {
  const focus = {
    className: styles.opener ?? '',
    tabIndex: reached ? 0 : -1,
    onFocus: onReach,
    'data-row-focus': index,
  };
  if (link !== undefined)
    return (
      <Link to={link} {...focus}>
        {children}
      </Link>
    );
  if (onOpen === null) return children;
  return (
    <button type="button" {...focus} onClick={onOpen}>
      {children}
    </button>
  );
}
