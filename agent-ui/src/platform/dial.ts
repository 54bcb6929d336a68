import { createContext, use } from 'react';

export type Dial = (number: string) => void;

/** How a number is called; null where the user has no phone. Given by the feature that has the phones. */
export const DialContext = createContext<Dial | null>(null);

export function useDial(): Dial | null {
  return use(DialContext);
}
