import { z } from 'zod';
import { fieldErrors } from './fieldErrors.ts';
import { changedFields, mineOver } from './merge.ts';

const schema = z.object({
  title: z.string().trim().min(1).max(10),
  code: z.string().min(4),
  email: z.email(),
  dueAt: z.iso.datetime().nullable(),
  wait: z.number().min(5).max(60),
  phones: z.array(z.object({ raw: z.string().min(2) })).min(1),
});
const good = {
  title: 'Call',
  code: 'abcd',
  email: 'a@b.example',
  dueAt: null,
  wait: 10,
  phones: [{ raw: '12' }],
};
const errorsOf = (change: object) => {
  const value = { ...good, ...change };
  return fieldErrors(schema.safeParse(value).error?.issues ?? [], value);
};

test('what is accepted has no error', () => {
  expect(errorsOf({})).toEqual([]);
});

test.each([
  ['an empty field', { title: '' }, 'title', 'required', 0],
  ['a field of blanks', { title: '  ' }, 'title', 'required', 1],
  ['a field that is not there', { title: undefined }, 'title', 'required', 0],
  ['too few letters', { code: 'ab' }, 'code', 'short', 4],
  ['too many letters', { title: 'x'.repeat(11) }, 'title', 'long', 10],
  ['no address', { email: 'a@' }, 'email', 'email', 0],
  ['no date', { dueAt: 'soon' }, 'dueAt', 'date', 0],
  ['too little', { wait: 1 }, 'wait', 'small', 5],
  ['too much', { wait: 61 }, 'wait', 'large', 60],
  ['none where one is needed', { phones: [] }, 'phones', 'required', 1],
  ['a wrong kind', { wait: 'long' }, 'wait', 'wrong', 0],
])('%s is named with its reason', (_, change, path, why, limit) => {
  expect(errorsOf(change)).toEqual([{ path, why, limit }]);
});

test('a field in a list is named as the form names it, each field once', () => {
  expect(errorsOf({ phones: [{ raw: '12' }, { raw: '' }], title: '' }).map(({ path }) => path)).toEqual([
    'title',
    'phones.1.raw',
  ]);
});

test('mine goes over theirs where I changed something, and nowhere else', () => {
  const base = { title: 'Call', note: 'x', tags: ['a'] };
  const mine = { title: 'Call back', note: 'x', tags: ['a'] };
  const theirs = { title: 'Call Vera', note: 'y', tags: ['a', 'b'] };
  expect(changedFields(base, theirs)).toEqual(['title', 'note', 'tags']);
  expect(mineOver(base, mine, theirs)).toEqual({ title: 'Call back', note: 'y', tags: ['a', 'b'] });
});
