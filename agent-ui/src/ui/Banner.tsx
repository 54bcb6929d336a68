import { CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './Banner.module.css';

interface Props {
  /** Something is cut or broken. */
  loud?: boolean;
  icon: ReactNode;
  testId: string;
  /** With it the banner can be put away. */
  close?: { label: string; run: () => void };
  children: ReactNode;
}

/** A line over the page, for what everybody on it must know. */
export function Banner({ loud = false, icon, testId, close, children }: Props) {
  return (
    <p className={loud ? styles.loud : styles.quiet} data-testid={testId}>
      {icon}
      <span>{children}</span>
      {close && (
        <CloseButton size="xs" className={styles.close ?? ''} aria-label={close.label} onClick={close.run} />
      )}
    </p>
  );
}
