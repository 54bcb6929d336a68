import { useEffect } from 'react';

export const appName = 'Ringdesk';

/** What the browser's tab says: what rings before all, else the page, with what waits in front of it. */
const shown: { page: string; signal: string | null; waiting: number } = {
  page: '',
  signal: null,
  waiting: 0,
};

/** The tab's title. @param page the page's own name, may be empty  @param signal said instead of all  @param waiting what waits, 0 for nothing */
export function titleOf({ page, signal, waiting }: typeof shown): string {
  if (signal !== null) return signal;
  const count = waiting > 0 ? `(${waiting}) ` : '';
  return `${count}${page === '' ? appName : `${page} · ${appName}`}`;
}

function show(change: Partial<typeof shown>): void {
  Object.assign(shown, change);
  document.title = titleOf(shown);
}

/** Whether something rings: whoever could disturb waits. */
export const isRinging = (): boolean => shown.signal !== null;

/** Names the page in the browser's tab while this component stands; undefined leaves what is there. */
export function usePageTitle(page: string | undefined): void {
  useEffect(() => {
    if (page !== undefined) show({ page });
  }, [page]);
}

/** Signals in the browser's tab, over whatever page is open. @param signal what rings, or null  @param waiting how much waits */
export function useTitleSignal(signal: string | null, waiting: number): void {
  useEffect(() => show({ signal, waiting }), [signal, waiting]);
  useEffect(() => () => show({ signal: null, waiting: 0 }), []);
}
