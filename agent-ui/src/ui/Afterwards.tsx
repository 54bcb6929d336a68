import { type ReactNode, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { afterPaint } from './afterPaint.ts';

interface Props {
  /** How many frames are painted before the children are built; 0 builds them at once. */
  frames: number;
  children: ReactNode;
}

/** What may come a moment later than what stands beside it. Once there, it stays. */
export function Afterwards({ frames, children }: Props) {
  const [built, setBuilt] = useState(frames === 0);
  useEffect(() => {
    // Drawn in the very frame that begins, not in one after it.
    if (!built) return afterPaint(() => flushSync(() => setBuilt(true)), frames);
    return undefined;
  }, [built, frames]);
  return built ? children : null;
}
