import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import page from './ListPage.module.css';
import styles from './TabbedPage.module.css';

interface Props {
  title: string;
  /** What can be done, right of the title. */
  action?: ReactNode;
  /** Pages that belong together. */
  tabs?: readonly { to: string; label: string }[];
  children: ReactNode;
}

/** The frame of a page that is a list. */
export function TabbedPage({ title, action, tabs = [], children }: Props) {
  return (
    <div className={page.page}>
      <header className={page.top}>
        <h1>{title}</h1>
        {action}
      </header>
      {tabs.length > 0 && (
        <nav className={styles.tabs} aria-label={title}>
          {tabs.map(({ to, label }) => (
            <NavLink key={to} to={to} data-testid={`tab-${to.split('/').at(-1)}`}>
              {label}
            </NavLink>
          ))}
        </nav>
      )}
      {children}
    </div>
  );
}
