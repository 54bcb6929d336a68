import { type ReactNode, startTransition, useEffect, useState } from 'react';

interface Props {
  /** False renders at once. */
  wait: boolean;
  children: ReactNode;
}

/** What may come a moment later than what stands beside it: it is built after that has been painted. */
export function AfterPaint({ wait, children }: Props) {
  const [painted, setPainted] = useState(!wait);
  useEffect(() => {
    if (painted) return;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => startTransition(() => setPainted(true)));
    });
    return () => cancelAnimationFrame(frame);
  }, [painted]);
  return painted ? children : null;
}
