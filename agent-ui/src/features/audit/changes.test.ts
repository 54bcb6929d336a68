import { changedFields, shownValue } from './changes.ts';

test('texts are shown as they are, nothing as nothing, the rest as JSON', () => {
  expect(['a', null, undefined, '', 0, false, ['x']].map(shownValue)).toEqual([
    'a',
    '',
    '',
    '',
    '0',
    'false',
    '["x"]',
  ]);
});

test('each changed field, before and after', () => {
  expect(changedFields({ changes: { name: { before: null, after: 'Vera' } } })).toEqual([
    { field: 'name', before: '', after: 'Vera' },
  ]);
});
