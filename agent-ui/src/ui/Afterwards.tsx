import { type ReactNode, startTransition, useEffect, useState } from 'react';
import { afterPaint } from './afterPaint.ts';

interface Props {
  /** False renders at once. */
  wait: boolean;
  children: ReactNode;
}

/** What may come a moment later than what stands beside it: it is built after that has been painted. */
export function Afterwards({ wait, children }: Props) {
  const [painted, setPainted] = useState(!wait);
  useEffect(() => {
    if (painted) return;
    return afterPaint(() => startTransition(() => setPainted(true)));
  }, [painted]);
  return painted ? children : null;
}
