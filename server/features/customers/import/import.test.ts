import { toE164 } from '@ringdesk/shared/phone';
import { type CustomerRecord, fieldsOf, newRecord } from '../record.ts';
import { merged, sameCustomer } from './merge.ts';
import { createPace } from './pace.ts';
import { namedColumns } from './reading/columns.ts';
import { rowOf } from './reading/row.ts';

const russian = (text: string) => toE164(text, 'RU');

test('work pauses when it has lasted long enough, and not before', async () => {
  let now = 0;
  const pauses: number[] = [];
  const turn = async () => {
    pauses.push(now);
    now += 100;
  };
  const pace = createPace({ longestMs: 4, now: () => now, turn });
  for (let step = 0; step < 12; step += 1) {
    now += 1;
    await pace();
  }
  expect(pauses).toEqual([4, 108, 212]);
});

const first = newRecord(
  fieldsOf(
    {
      kind: 'person',
      name: 'Алёна Петрова',
      company: null,
      phones: [{ raw: '89161234567', label: 'own' }],
      emails: ['a@b.ru'],
      tier: 'gold',
      segment: null,
      tags: ['опт'],
      note: 'звонить утром',
    },
    russian,
  ),
  new Date(0),
);

function line(cells: Record<string, string>): CustomerRecord | null | 'new' {
  const columns = namedColumns(Object.keys(cells)).map((named) => ({ field: named?.field ?? null }));
  const row = rowOf(Object.values(cells), columns, russian);
  if ('code' in row) throw new Error(row.reason);
  const same = sameCustomer([{ record: first }], row.fields);
  return same === undefined ? 'new' : merged(same.record, row.fields, row.given);
}

test.each([
  ['the same again', { name: 'Алёна Петрова', phone: '+7 916 123 45 67' }, null],
  ['the same by e-mail', { name: 'Алёна Петрова', email: 'A@B.ru' }, null],
  ['another of the same name', { name: 'Алёна Петрова', phone: '89160000000' }, 'new'],
  [
    'one more phone',
    { name: 'Алёна Петрова', phone: '8 916 123 45 67, 8 495 955 01 01' },
    { phones: [{ number: '+79161234567', label: 'own' }, { number: '+74959550101' }] },
  ],
  [
    'a new tier',
    { name: 'Алёна Петрова', email: 'a@b.ru', tier: 'vip' },
    { tier: 'vip', note: 'звонить утром' },
  ],
  ['an empty tier', { name: 'Алёна Петрова', email: 'a@b.ru', tier: '' }, null],
  ['a tag more', { name: 'Алёна Петрова', email: 'a@b.ru', tags: 'юг' }, { tags: ['опт', 'юг'] }],
])('%s', (_, cells, expected) => {
  const next = line(cells);
  if (expected === null || expected === 'new') expect(next).toBe(expected);
  else expect(next).toMatchObject(expected);
});
