import { useLocalStorage } from '@mantine/hooks';
import { useSearchParams } from 'react-router';
import { useMe } from '../../platform/session/session.ts';
import { type Column, hiddenAtFirst } from './columns.ts';
import { type Order, orderOf, orderText } from './order.ts';
import { memoryOf, nothingKept, type SavedView, withoutView, withView } from './views.ts';

const orderName = 'sort';

/** How somebody looks at a table: its order, the columns left out, and the views kept by a name. */
export interface TableView {
  order: Order | null;
  setOrder(order: Order | null): void;
  hidden: readonly string[];
  setHidden(hidden: readonly string[]): void;
  views: readonly SavedView[];
  /** Filters and order as they are now. */
  search: string;
  show(view: Pick<SavedView, 'search' | 'hidden'>): void;
  keep(name: string): void;
  drop(name: string): void;
}

/** The order of a table as its address says it; for a query whose server sorts. @param columns those that it can be sorted by */
export function useOrder(columns: readonly string[]): Order | null {
  const [params] = useSearchParams();
  return orderOf(params.get(orderName), columns);
}

/** @param table of all tables on the page, e.g. `customers`: under it the device keeps what its user chose */
export function useTableView<Row>(table: string, columns: readonly Column<Row>[]): TableView {
  const userId = useMe().data?.id ?? '';
  const [params, setParams] = useSearchParams();
  const [memory, setMemory] = useLocalStorage({
    key: `ringdesk.table.${table}.${userId}`,
    defaultValue: nothingKept,
    deserialize: memoryOf,
    getInitialValueInEffect: false,
  });
  const sortable = columns.filter(({ sort, sortedByServer }) => sort !== undefined || sortedByServer);
  const hidden = memory.hidden ?? hiddenAtFirst(columns);
  const search = params.toString();
  return {
    order: orderOf(
      params.get(orderName),
      sortable.map(({ id }) => id),
    ),
    setOrder: (order) =>
      setParams(
        (now) => {
          const next = new URLSearchParams(now);
          if (order === null) next.delete(orderName);
          else next.set(orderName, orderText(order));
          return next;
        },
        { replace: true },
      ),
    hidden,
    setHidden: (next) => setMemory({ ...memory, hidden: [...next] }),
    views: memory.views,
    search,
    show: (view) => {
      setMemory({ ...memory, hidden: view.hidden });
      setParams(new URLSearchParams(view.search), { replace: true });
    },
    keep: (name) => setMemory(withView(memory, { name, search, hidden: [...hidden] })),
    drop: (name) => setMemory(withoutView(memory, name)),
  };
}
