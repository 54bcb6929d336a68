import { createTypedText } from './typedText.ts';

const bare = { ctrlKey: false, metaKey: false, altKey: false };

/** Keys as `key@second`, in a field when it ends with `_`; gives the digits that may choose. */
function chosen(...strokes: string[]): string[] {
  const text = createTypedText();
  return strokes.filter((stroke) => {
    const [key = '', second = ''] = stroke.replace('_', '').split('@');
    return text.hear({ ...bare, key }, stroke.endsWith('_'), Number(second) * 1000);
  });
}

test.each([
  ['a digit alone chooses', ['2@0'], ['2@0']],
  ['and another corrects it at once', ['2@0', '3@0.5'], ['2@0', '3@0.5']],
  ['a digit in a field is text', ['2@0_'], []],
  [
    'a sentence whose field closed goes on: its digits choose nothing',
    ['з@0_', 'а@0.2', ' @0.4', '4@0.6', '5@2.5'],
    [],
  ],
  ['two seconds after the last key a digit chooses', ['а@0_', '4@2'], ['4@2']],
  ['a number that was begun in a field is not split', ['7@0_', '9@0.3', '1@0.6', '6@2.5'], []],
  ['so is one corrected by Backspace', ['Backspace@0', '1@1.5'], []],
])('%s', (_what, strokes, expected) => {
  expect(chosen(...strokes)).toEqual(expected);
});

test('a shortcut is no text', () => {
  const text = createTypedText();
  expect(text.hear({ ...bare, altKey: true, key: 'n' }, true, 0)).toBe(false);
  expect(text.within(1000, 500)).toBe(false);
  text.hear({ ...bare, key: 'n' }, true, 600);
  expect([text.within(1000, 1599), text.within(1000, 1600)]).toEqual([true, false]);
});
