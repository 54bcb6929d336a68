import { createContext, type ReactNode, use, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type ShortcutId, shortcutOf } from './shortcuts.ts';
import { typedText } from './typedText.ts';
import { isTyping } from './typing.ts';

/** @returns false when it has no use for the key just now: the next one registered before it is asked */
type Handler = (digit: number) => boolean | undefined;

interface Registry {
  add(id: ShortcutId, handler: Handler): () => void;
}

const RegistryContext = createContext<Registry | null>(null);

/** Hears every key of the page once and gives it to whoever registered last for it. */
export function ShortcutProvider({ children }: { children: ReactNode }) {
  const [{ registry, handle }] = useState(createRegistry);
  useEffect(() => {
    window.addEventListener('keydown', handle);
    return () => window.removeEventListener('keydown', handle);
  }, [handle]);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

function createRegistry() {
  const handlers = new Map<ShortcutId, Handler[]>();
  const registry: Registry = {
    add(id, handler) {
      handlers.set(id, [...(handlers.get(id) ?? []), handler]);
      return () =>
        handlers.set(
          id,
          (handlers.get(id) ?? []).filter((other) => other !== handler),
        );
    },
  };
  function handle(event: KeyboardEvent) {
    const target = event.target instanceof HTMLElement ? event.target : null;
    const typing = isTyping(target);
    const standsAlone = typedText.hear(event, typing, performance.now());
    if (event.defaultPrevented) return;
    const place = {
      typing,
      dialog: document.querySelector('[role="dialog"][aria-modal="true"]') !== null,
    };
    if (event.key === 'Escape' && place.typing && !place.dialog) {
      // Out of the field, so that the digits choose again.
      target?.blur();
      return;
    }
    const meant = shortcutOf(event, place);
    if (!meant || (meant.id === 'digit' && !standsAlone)) return;
    for (const handler of [...(handlers.get(meant.id) ?? [])].reverse()) {
      if (handler(meant.digit) === false) continue;
      event.preventDefault();
      return;
    }
  }
  return { registry, handle };
}

/** Does `handler` on the shortcut while this component stands and `active` holds. */
export function useShortcut(id: ShortcutId, handler: Handler, active = true): void {
  const registry = use(RegistryContext);
  const latest = useRef(handler);
  // Before the screen shows what the key is for: whoever sees it may press it.
  useLayoutEffect(() => {
    latest.current = handler;
  });
  useLayoutEffect(() => {
    if (!registry || !active) return;
    return registry.add(id, (digit) => latest.current(digit));
  }, [registry, id, active]);
}
