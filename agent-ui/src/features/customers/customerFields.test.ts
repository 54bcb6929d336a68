import type { Customer } from '@ringdesk/shared/customer';
import { inputOf } from './customerApi.ts';
import { fieldsOf, readFields } from './customerFields.ts';

const anna: Customer = {
  id: 'x',
  kind: 'person',
  name: 'Анна Петрова',
  company: 'ООО Ромашка',
  phones: [{ number: '+74955550101', raw: '8 495 555-01-01', label: 'раб.' }],
  emails: ['anna@example.com', 'a@example.org'],
  tier: 'gold',
  segment: null,
  tags: ['оптовик', 'долги'],
  note: null,
  createdAt: '2026-01-12T09:00:00.000Z',
  updatedAt: '2026-01-12T09:00:00.000Z',
};

test('a form that was opened and saved changes nothing', () => {
  expect(readFields(fieldsOf(anna))).toEqual({ input: inputOf(anna) });
});

test('an empty line for a phone is no phone, and an empty field is none', () => {
  expect(readFields({ ...fieldsOf(null), name: '  Иван ' })).toEqual({
    input: {
      kind: 'person',
      name: 'Иван',
      company: null,
      phones: [],
      emails: [],
      tier: 'standard',
      segment: null,
      tags: [],
      note: null,
    },
  });
});

test('a company has no company', () => {
  expect(readFields({ ...fieldsOf(anna), kind: 'company' })).toMatchObject({ input: { company: null } });
});

test.each([
  ['no name', { name: ' ' }, ['name']],
  ['an address that is none', { emails: 'anna@' }, ['emails']],
  ['a phone of one digit', { phones: [{ raw: '1', label: '' }] }, ['phones']],
])('%s is named', (_what, over, wrong) => {
  expect(readFields({ ...fieldsOf(anna), ...over })).toEqual({ wrong });
});
