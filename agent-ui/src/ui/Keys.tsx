import styles from './Keys.module.css';
import { keysOf, type ShortcutId } from './shortcuts.ts';

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);
const nameOf = (key: string) => {
  if (key === 'Mod') return isMac ? '⌘' : 'Ctrl';
  if (key === 'Alt' && isMac) return '⌥';
  return key === 'Enter' ? '↵' : key;
};

/** Keys as they stand on a keyboard, drawn by the style: for the eye alone, what they do is said beside them. */
export function Keys({ keys }: { keys: readonly string[] }) {
  return (
    <span className={styles.keys} aria-hidden="true">
      {keys.map((key) => (
        <kbd key={key} data-key={nameOf(key)} />
      ))}
    </span>
  );
}

export function ShortcutKeys({ of }: { of: ShortcutId }) {
  return <Keys keys={keysOf(of)} />;
}

/** For `aria-keyshortcuts`. */
export function ariaKeys(of: ShortcutId): string {
  return keysOf(of)
    .map((key) => (key === 'Mod' ? (isMac ? 'Meta' : 'Control') : key))
    .join('+');
}
