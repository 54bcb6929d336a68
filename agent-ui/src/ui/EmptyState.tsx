import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

interface Props {
  icon: ReactNode;
  title: string;
  text?: string;
  /** It is all that the page has: its title is the page's. */
  page?: boolean;
  children?: ReactNode;
}

/** Says that there is nothing here, why, and what can be done. */
export function EmptyState({ icon, title, text, page = false, children }: Props) {
  const Heading = page ? 'h1' : 'h2';
  return (
    <div className={styles.empty}>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <Heading>{title}</Heading>
      {text && <p>{text}</p>}
      {children}
    </div>
  );
}
