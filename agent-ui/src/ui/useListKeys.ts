import { type KeyboardEvent, useEffect, useState } from 'react';

/**
 * A list that is walked by the arrow keys while the focus stays in a field above it.
 * @param count how many there are  @param choose does what Enter means on the i-th
 */
export function useListKeys(count: number, choose: (index: number, event: KeyboardEvent) => void) {
  const [wished, setActive] = useState(0);
  const active = Math.min(wished, Math.max(0, count - 1));
  useEffect(() => {
    if (wished !== active) setActive(active);
  }, [wished, active]);
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (count > 0) setActive((active + (event.key === 'ArrowDown' ? 1 : count - 1)) % count);
    } else if (event.key === 'Enter' && active < count) {
      event.preventDefault();
      choose(active, event);
    }
  }
  return { active, setActive, onKeyDown };
}
