import { call, leg, useInteractionsHouse } from './interactions-house.ts';

const house = useInteractionsHouse();

const wrapUp = {
  interactionId: 'main-1',
  leg: 0,
  agent: '1001',
  disposition: 'sold',
  reason: 'billing/invoice',
  note: 'wants it tomorrow',
  wrapUpMs: 4000,
  at: '2026-01-01T10:00:09.000Z',
};
const wrappedUp = { disposition: 'sold', reason: 'billing/invoice', note: 'wants it tomorrow' };

test('a record comes back as it was written', async () => {
  const record = call('main-1');
  await house.interactions.write([record]);
  expect(await house.interactions.get('main-1')).toEqual(record);
});

test('writing again, also twice in one batch, leaves one record: the last', async () => {
  await house.interactions.write([call('main-1'), call('main-2')]);
  await house.interactions.write([
    call('main-1', { end: 'agent' }),
    call('main-1', { confidence: 'proved' }),
  ]);
  const { interactions: all } = await house.interactions.list({ limit: 10 });
  expect(all.map((one) => [one.id, one.end, one.confidence])).toEqual([
    ['main-2', 'caller', 'live'],
    ['main-1', 'caller', 'proved'],
  ]);
});

test('what people say stays, whether it comes after the record, before it, or between two writings', async () => {
  const record = call('main-1');
  const say = async () => {
    await house.interactions.saveWrapUps([wrapUp]);
    await house.interactions.setCustomer('main-1', 'c1', '1001');
  };
  const write = () => house.interactions.write([record]);
  const expected = {
    ...record,
    ...wrappedUp,
    customerId: 'c1',
    legs: [{ ...record.legs[0], wrapUpMs: 4000 }],
  };
  for (const order of [
    [write, say],
    [say, write],
    [write, say, write],
    [say, say, write, write],
  ]) {
    await house.store.collection('interactions').deleteMany({});
    for (const step of order) await step();
    expect(await house.interactions.get('main-1')).toEqual(expected);
  }
});

test('both at the same moment', async () => {
  await Promise.all([
    house.interactions.write([call('main-1')]),
    house.interactions.saveWrapUps([wrapUp]),
    house.interactions.setCustomer('main-1', 'c1', '1001'),
  ]);
  expect(await house.interactions.get('main-1')).toMatchObject({
    ...wrappedUp,
    customerId: 'c1',
    number: '+74955550101',
  });
});

test('an older word does not replace a newer one, and the legs do not disturb each other', async () => {
  await house.interactions.write([call('main-1', { legs: [leg(), leg({ agent: '1002' })] })]);
  await house.interactions.saveWrapUps([wrapUp]);
  await house.interactions.saveWrapUps([
    { ...wrapUp, disposition: 'late', at: '2026-01-01T10:00:08.000Z' },
    { ...wrapUp, leg: 1, agent: '1002', disposition: null, note: 'sent' },
  ]);
  expect(await house.interactions.get('main-1')).toMatchObject({
    disposition: 'sold',
    note: 'wants it tomorrow\n\nsent',
  });
});

test('a customer told by the record does not replace the one told by people', async () => {
  await house.interactions.write([call('main-1', { customerId: 'c1' })]);
  expect(await house.interactions.get('main-1')).toMatchObject({ customerId: 'c1' });
  await house.interactions.setCustomer('main-1', 'c2', '1001');
  await house.interactions.write([call('main-1', { customerId: 'c1' })]);
  expect(await house.interactions.get('main-1')).toMatchObject({ customerId: 'c2' });
});

test('half a contact is not shown', async () => {
  await house.interactions.saveWrapUps([wrapUp]);
  await house.interactions.setCustomer('main-1', 'c1', '1001');
  expect(await house.interactions.get('main-1')).toBeNull();
  expect(await house.interactions.list({ customerId: 'c1', limit: 10 })).toEqual({
    interactions: [],
    next: null,
  });
  expect(await house.interactions.recent({ customerId: 'c1', numbers: [], limit: 10 })).toEqual([]);
});
