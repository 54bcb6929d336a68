import { useSettledDesk } from './live/LiveContext.tsx';

/** How many calls wait for something at the desk: missed ones to call back, unfinished ones to write up. */
export function useOpenCalls(): number {
  const cards = useSettledDesk().view?.cards ?? [];
  return cards.filter(({ phase }) => phase === 'missed' || phase === 'unfinished').length;
}
