import { useEffect, useState } from 'react';
import { useShortcut } from './useShortcut.tsx';

/** So long a card must have been on screen before a digit chooses on it: what has just appeared was not what the hand meant; ms. */
const shownMs = 1_500;

/**
 * Digits choose, from `shownMs` after what they choose from came up.
 * @param what names what they choose from: when it becomes something else, the time begins anew; null while they choose nothing
 * @returns whether they choose now
 */
export function useDigits(what: string | null, handler: (digit: number) => boolean): boolean {
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => {
    if (what === null) return setShown(null);
    const timer = setTimeout(() => setShown(what), shownMs);
    return () => clearTimeout(timer);
  }, [what]);
  const armed = what !== null && shown === what;
  useShortcut('digit', handler, armed);
  return armed;
}
