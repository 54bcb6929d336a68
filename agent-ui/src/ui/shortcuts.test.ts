import { type KeyStroke, shortcutOf, shortcuts } from './shortcuts.ts';

const stroke = (code: string, key: string, held: Partial<KeyStroke> = {}): KeyStroke => ({
  code,
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  ...held,
});
const free = { typing: false, dialog: false };
const typing = { typing: true, dialog: false };
const dialog = { typing: false, dialog: true };
const ctrl = { ctrlKey: true };
const alt = { altKey: true };

test.each([
  ['Ctrl+K', stroke('KeyK', 'k', ctrl), free, 'search'],
  ['Ctrl+K in the Russian layout', stroke('KeyK', 'л', ctrl), free, 'search'],
  ['Cmd+K', stroke('KeyK', 'k', { metaKey: true }), typing, 'search'],
  ['Alt+H while typing', stroke('KeyH', 'р', alt), typing, 'hang-up'],
  ['Ctrl+Enter in the note', stroke('Enter', 'Enter', ctrl), typing, 'save'],
  ['? on a US keyboard', stroke('Slash', '?'), free, 'help'],
  ['? on a Russian keyboard', stroke('Digit7', '?'), free, 'help'],
  ['? while typing is a character', stroke('Slash', '?'), typing, null],
  ['Enter alone', stroke('Enter', 'Enter'), typing, null],
  ['plain k', stroke('KeyK', 'k'), free, null],
  ['AltGr+H, which some layouts use for a letter', stroke('KeyH', 'ħ', { ...ctrl, ...alt }), typing, null],
  ['Alt+H in a dialog', stroke('KeyH', 'h', alt), dialog, null],
  ['a key held down', stroke('KeyH', 'h', { ...alt, repeat: true }), free, null],
])('%s', (_what, pressed, place, expected) => {
  expect(shortcutOf(pressed, place)?.id ?? null).toBe(expected);
});

test.each([
  ['3', stroke('Digit3', '3'), free, 3],
  ['3 on the numeric pad', stroke('Numpad3', '3'), free, 3],
  ['0', stroke('Digit0', '0'), free, null],
  ['3 while typing', stroke('Digit3', '3'), typing, null],
  ['3 in a dialog', stroke('Digit3', '3'), dialog, null],
  ['Shift+3', stroke('Digit3', '№'), free, null],
])('%s picks', (_what, pressed, place, digit) => {
  expect(shortcutOf(pressed, place)?.digit ?? null).toBe(digit);
});

test('no two shortcuts share their keys', () => {
  const keys = shortcuts.map((shortcut) => shortcut.keys.join('+'));
  expect(new Set(keys).size).toBe(keys.length);
});
