import { defaultSettings } from './defaults.ts';
import {
  type HouseSettings,
  isReason,
  mistakesIn,
  plainQueue,
  queueOf,
  toldOf,
  wrapUpLimitOf,
} from './rules.ts';

const defaults = defaultSettings({ wrapUpLimitMs: 60_000, shortAbandonMs: 5000, timeZone: 'Europe/Moscow' });
const house = (queues: Record<string, Partial<typeof plainQueue>> = {}): HouseSettings => ({
  ...defaults,
  queues: new Map(Object.entries(queues).map(([name, own]) => [name, { ...plainQueue, ...own }])),
});

test('a queue is as the defaults have it, but for what it says itself', () => {
  const settings = house({ sales: { thresholdSeconds: 10, serviceLevel: 'offered' } });
  expect(queueOf(settings, 'sales')).toEqual({
    ...defaults.queueDefaults,
    thresholdSeconds: 10,
    serviceLevel: 'offered',
  });
  expect(queueOf(settings, 'support')).toEqual(defaults.queueDefaults);
  expect(queueOf(settings, null)).toEqual(defaults.queueDefaults);
});

test('a wrap-up lasts as long as the queue says', () => {
  const settings = house({
    sales: { wrapUpLimitMs: 20_000 },
    chat: { wrapUpMode: 'none' },
    claims: { wrapUpMode: 'unlimited', wrapUpLimitMs: 10_000 },
  });
  expect(['sales', 'chat', 'claims', 'other', null].map((queue) => wrapUpLimitOf(settings, queue))).toEqual([
    20_000,
    0,
    null,
    60_000,
    60_000,
  ]);
});

test('an environment without a limit makes wrap-ups without one', () => {
  const { queueDefaults } = defaultSettings({ wrapUpLimitMs: 0, shortAbandonMs: 5000 });
  expect(wrapUpLimitOf({ ...house(), queueDefaults }, null)).toBeNull();
});

test('a result or a reason is archived, and never removed: records name it', () => {
  const [first, ...others] = defaults.dispositions.list;
  expect(mistakesIn('dispositions', { list: others }, house())).toEqual([
    { path: first?.id, message: expect.stringContaining('archive') },
  ]);
  const archived = defaults.dispositions.list.map((one) => ({ ...one, archived: true }));
  expect(mistakesIn('dispositions', { list: archived }, house())).toEqual([]);
  const [sales, ...rest] = defaults.reasons.tree.map((one) => ({ ...one }));
  if (sales !== undefined) sales.children = [];
  const pruned = { tree: sales === undefined ? rest : [sales, ...rest] };
  expect(mistakesIn('reasons', pruned, house()).map(({ path }) => path)).toEqual([
    'sales/price',
    'sales/order',
    'sales/offer',
  ]);
});

test('nothing names a calendar or a result that is not there', () => {
  const office = {
    id: 'office',
    name: { ru: 'Офис', en: 'Office' },
    timeZone: null,
    week: [],
    days: [],
  };
  const withOffice = { ...house({ sales: { calendar: 'office' } }), calendars: { list: [office] } };
  expect(mistakesIn('calendars', { list: [] }, withOffice)).toHaveLength(1);
  expect(mistakesIn('time', { timeZone: 'Europe/Moscow', calendar: 'office' }, withOffice)).toEqual([]);
  expect(mistakesIn('time', { timeZone: 'Europe/Moscow', calendar: 'shop' }, withOffice)).toHaveLength(1);
});

test('the log tells which result was changed, not only that some was', () => {
  const told = toldOf(defaults.dispositions);
  expect(told['resolved']).toMatchObject({ name: { en: 'Resolved' }, archived: false });
  expect(toldOf(defaults.reasons)['billing/invoice']).toMatchObject({ notAtFirstContact: false });
});

test('a reason is known by its path, an inner one too', () => {
  const { tree } = defaults.reasons;
  expect(
    ['billing', 'billing/invoice', 'invoice', 'billing/x', ''].map((path) => isReason(tree, path)),
  ).toEqual([true, true, false, false, false]);
});
