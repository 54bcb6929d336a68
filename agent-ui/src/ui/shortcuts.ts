/** What can be done by a key. `digit` stands for the keys 1 to 9. */
export type ShortcutId =
  | 'search'
  | 'help'
  | 'available'
  | 'break'
  | 'offline'
  | 'hang-up'
  | 'transfer'
  | 'next-call'
  | 'note'
  | 'reason'
  | 'save'
  | 'more-time'
  | 'digit'
  | 'desk'
  | 'customers'
  | 'notices'
  | 'tasks'
  /** Folds the navigation. */
  | 'rail';

export interface Shortcut {
  id: ShortcutId;
  /** As shown in the help. `Mod` is Ctrl, or ⌘ on a Mac. */
  keys: readonly string[];
  /** The place of the key on the keyboard, so that it works in every layout; a Russian Ctrl+K sends the letter of another alphabet. */
  code?: string;
  /** The character itself, where its place differs between layouts. */
  character?: string;
  mod?: boolean;
  alt?: boolean;
  /** Works while a field has the focus. */
  whileTyping?: boolean;
  /** Works while a dialog is open. */
  inDialog?: boolean;
}

export const shortcuts: readonly Shortcut[] = [
  { id: 'search', keys: ['Mod', 'K'], code: 'KeyK', mod: true, whileTyping: true },
  { id: 'available', keys: ['Alt', '1'], code: 'Digit1', alt: true, whileTyping: true },
  { id: 'break', keys: ['Alt', '2'], code: 'Digit2', alt: true, whileTyping: true },
  { id: 'offline', keys: ['Alt', '3'], code: 'Digit3', alt: true, whileTyping: true },
  { id: 'hang-up', keys: ['Alt', 'H'], code: 'KeyH', alt: true, whileTyping: true },
  { id: 'transfer', keys: ['Alt', 'T'], code: 'KeyT', alt: true, whileTyping: true },
  { id: 'next-call', keys: ['Alt', 'J'], code: 'KeyJ', alt: true, whileTyping: true },
  { id: 'note', keys: ['Alt', 'N'], code: 'KeyN', alt: true, whileTyping: true },
  { id: 'reason', keys: ['Alt', 'R'], code: 'KeyR', alt: true, whileTyping: true },
  { id: 'save', keys: ['Mod', 'Enter'], code: 'Enter', mod: true, whileTyping: true },
  { id: 'more-time', keys: ['Alt', 'W'], code: 'KeyW', alt: true, whileTyping: true },
  { id: 'digit', keys: ['1', '…', '9'] },
  { id: 'desk', keys: ['Alt', 'G'], code: 'KeyG', alt: true, whileTyping: true },
  { id: 'customers', keys: ['Alt', 'U'], code: 'KeyU', alt: true, whileTyping: true },
  { id: 'tasks', keys: ['Alt', 'K'], code: 'KeyK', alt: true, whileTyping: true },
  { id: 'notices', keys: ['Alt', 'B'], code: 'KeyB', alt: true, whileTyping: true },
  { id: 'rail', keys: ['['], code: 'BracketLeft' },
  { id: 'help', keys: ['?'], character: '?' },
];

/** The keys of a shortcut, as shown in the help. */
export function keysOf(id: ShortcutId): readonly string[] {
  return shortcuts.find((shortcut) => shortcut.id === id)?.keys ?? [];
}

export interface KeyStroke {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** Held down: the keyboard repeats it. */
  repeat: boolean;
}

/** Where the stroke falls: into a field, into a dialog. */
export interface Place {
  typing: boolean;
  dialog: boolean;
}

/** The shortcut that a stroke means, with its number for `digit`; null when it means none here. */
export function shortcutOf(stroke: KeyStroke, place: Place): { id: ShortcutId; digit: number } | null {
  if (stroke.repeat) return null;
  const mod = stroke.ctrlKey || stroke.metaKey;
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(stroke.code)?.[1];
  // The character decides: with Shift the same key is a sign, and on a French keyboard it needs Shift to be a digit.
  if (digit && stroke.key === digit && !mod && !stroke.altKey) {
    return place.typing || place.dialog ? null : { id: 'digit', digit: Number(digit) };
  }
  const meant = shortcuts.find(
    (shortcut) =>
      (shortcut.character ? shortcut.character === stroke.key : shortcut.code === stroke.code) &&
      (shortcut.mod ?? false) === mod &&
      (shortcut.alt ?? false) === stroke.altKey,
  );
  if (!meant) return null;
  if (place.typing && !meant.whileTyping) return null;
  if (place.dialog && !meant.inDialog) return null;
  return { id: meant.id, digit: 0 };
}
