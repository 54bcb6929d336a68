import type { ReactNode } from 'react';
import styles from './Option.module.css';

interface Props {
  id: string;
  active: boolean;
  onChoose: () => void;
  testId?: string;
  /** Said instead of the visible text. */
  label?: string;
  children: ReactNode;
}

/** An entry of a list that is walked by keys while the focus stays in the field above it; the pointer is a second way. */
export function Option({ id, active, onChoose, testId, label, children }: Props) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={active}
      aria-label={label}
      tabIndex={-1}
      className={styles.option}
      // Pressing it must not take the focus out of the field.
      onMouseDown={(event) => {
        event.preventDefault();
        onChoose();
      }}
      data-testid={testId}
    >
      {children}
    </div>
  );
}
