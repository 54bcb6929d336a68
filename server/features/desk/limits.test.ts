import { Refusal } from '../../platform/errors.ts';
import { aCustomer } from './testing/call.ts';
import { anna, ask, card, d, outcome, talking, useDeskApi } from './testing/desk-api.ts';
import { turns } from './testing/desk-at-work.ts';

useDeskApi();

const draft = { disposition: null, reason: null, note: 'so far', revision: 1 };

test('to say that somebody else is calling is to look at that person, and has the measure of it', async () => {
  for (const id of ['k1', 'k2']) d.database.customers.set(id, aCustomer(id));
  talking();
  await turns();
  expect(await outcome('anna', 'POST', `${card}/customer`, { customerId: 'k2' })).toBe('204');
  expect(d.opened).toEqual(['k2']);
  d.refuseToOpen(new Refusal('too-many-attempts', 'Enough for today.'));
  expect(await outcome('anna', 'POST', `${card}/customer`, { customerId: 'k1', addNumber: true })).toBe(
    '429 too-many-attempts',
  );
  expect(d.cards(anna)[0]?.match).toMatchObject({ kind: 'one', customer: { id: 'k2' } });
});

test('who is not at this call asks for nobody: no one is looked at', async () => {
  talking();
  expect(await outcome('boris', 'POST', `${card}/customer`, { customerId: 'k2' })).toBe('404 not-found');
  expect(d.opened).toEqual([]);
});

test.each([
  ['a disposition that there is not', { disposition: '__proto__' }, 'disposition'],
  ['a reason that there is not', { reason: 'constructor/prototype' }, 'reason'],
  ['a revision that would shut out all later ones', { revision: Number.MAX_SAFE_INTEGER }, 'revision'],
  ['a revision far ahead', { revision: 200_000 }, 'revision'],
])('a draft with %s is refused, and the next one is kept', async (_, wrong, field) => {
  talking();
  const answer = await ask('anna', 'PUT', `${card}/draft`, { ...draft, ...wrong });
  expect([answer.status, answer.body.error.fields[0].path]).toEqual([400, field]);
  expect(await outcome('anna', 'PUT', `${card}/draft`, { ...draft, revision: 2 })).toBe('204');
  expect(d.cards(anna)[0]?.wrapUp).toMatchObject({ note: 'so far', revision: 2 });
});
