import type { Card } from '@ringdesk/shared/desk';
import type { ReactNode } from 'react';
import styles from './CallList.module.css';

export interface CallListProps {
  cards: Card[];
  /** Under a call at hand only their number is told. */
  folded: boolean;
}

interface Props extends CallListProps {
  title: string;
  tone: 'bad' | 'warn';
  /** One line, an `li`. */
  children: (card: Card) => ReactNode;
}

/** Calls that wait at the desk for something, one a line. */
export function CallList({ title, tone, cards, folded, children }: Props) {
  if (cards.length === 0) return null;
  const list = (
    <ul className={styles.list} data-tone={tone}>
      {cards.map(children)}
    </ul>
  );
  if (folded) {
    return (
      <details className={styles.folded} data-tone={tone}>
        <summary>{title}</summary>
        {list}
      </details>
    );
  }
  return (
    <section className={styles.section} aria-label={title}>
      <h2>{title}</h2>
      {list}
    </section>
  );
}
