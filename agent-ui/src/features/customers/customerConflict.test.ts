import { changedFields, fieldText, mineOver } from './customerConflict.ts';
import { type CustomerFields, fieldsOf } from './customerFields.ts';

const base: CustomerFields = {
  kind: 'person',
  name: 'Анна Петрова',
  company: 'Ромашка',
  phones: [
    { raw: '8 495 555-01-01', label: 'раб.' },
    { raw: '8 916 000-00-01', label: '' },
  ],
  emails: 'anna@example.com',
  tier: 'standard',
  segment: '',
  tags: 'опт, юг',
  note: '',
};

test.each<[string, Partial<CustomerFields>, (keyof CustomerFields)[]]>([
  ['nothing', {}, []],
  [
    'spaces and an empty line for a phone are no change',
    { phones: [...base.phones, { raw: ' ', label: '' }], emails: ' anna@example.com,', tags: 'опт,юг ' },
    [],
  ],
  ['a field', { tier: 'vip' }, ['tier']],
  [
    'a label',
    {
      phones: [
        { raw: '8 495 555-01-01', label: 'дом.' },
        { raw: '8 916 000-00-01', label: '' },
      ],
    },
    ['phones'],
  ],
  ['several, in the order of the form', { note: 'x', name: 'Анна' }, ['name', 'note']],
])('%s', (_what, change, expected) => {
  expect(changedFields(base, { ...base, ...change })).toEqual(expected);
});

test('what I did not touch is as the other left it; what I did is mine', () => {
  const mine = { ...base, tier: 'gold' as const, note: 'моё' };
  const theirs = { ...base, name: 'Анна Иванова', note: 'чужое', segment: 'b2b' };
  expect(mineOver(base, mine, theirs)).toEqual({ ...theirs, tier: 'gold', note: 'моё' });
});

test('what both added to a list is there; what either took away is not', () => {
  const mine = {
    ...base,
    phones: [
      { raw: '8 495 555-01-01', label: 'прямой' },
      { raw: '+7 903 111-22-33', label: '' },
    ],
    tags: 'опт, север',
  };
  const theirs = {
    ...base,
    phones: [...base.phones, { raw: '101', label: '' }],
    tags: 'опт, юг, долги',
    emails: '',
  };
  expect(mineOver(base, mine, theirs)).toMatchObject({
    phones: [
      { raw: '8 495 555-01-01', label: 'прямой' },
      { raw: '101', label: '' },
      { raw: '+7 903 111-22-33', label: '' },
    ],
    tags: 'опт, долги, север',
    emails: '',
  });
});

test('a field as it is read', () => {
  expect(fieldText(base, 'phones')).toBe('8 495 555-01-01 (раб.), 8 916 000-00-01');
  expect(fieldText(base, 'tags')).toBe('опт, юг');
  expect(fieldText(fieldsOf(null), 'phones')).toBe('');
});
