import type { ReactNode } from 'react';
import styles from './Notice.module.css';

interface Props {
  tone: 'warn' | 'accent' | 'plain';
  icon: ReactNode;
  testId?: string;
  children: ReactNode;
}

/** Something about this call that the agent must not overlook. */
export function Notice({ tone, icon, testId, children }: Props) {
  return (
    <div className={styles.notice} data-tone={tone} role="note" data-testid={testId}>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <div className={styles.text}>{children}</div>
    </div>
  );
}
