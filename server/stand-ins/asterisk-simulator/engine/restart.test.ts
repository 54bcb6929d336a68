import { createHouse } from '../recorded/house.ts';
import { addDynamic, changePenalty, pauseDevice } from './membership.ts';
import { park } from './parking.ts';
import { boot, restart } from './restart.ts';

test('a restart forgets calls and settings without a word, and starts anew', () => {
  const house = createHouse('sim');
  const { pbx } = house;
  house.phones(['1001', '1002'], house.answers());
  house.phones(['1004'], house.lets);
  pauseDevice(pbx, null, 'PJSIP/1002', true, 'Lunch');
  addDynamic(pbx, 'support', { interface: 'PJSIP/1001', name: 'Anna Petrova' });
  changePenalty(pbx, 'sales', 'PJSIP/1001', 7);
  const parked = house.call({ to: '2000', talkMs: 20_000 });
  house.advance(2000);
  park(pbx, parked, { timeoutMs: 20_000, saySlot: true });
  house.call({ to: '2001', talkMs: 20_000 });
  house.call({ to: '2002', talkMs: 20_000 });
  house.advance(3000);
  const before = [...pbx.channels.keys()];
  expect(before.length).toBeGreaterThan(3);
  const said = house.events.length;

  restart(pbx);
  house.advance(60_000);
  expect(house.events.slice(said)).toEqual([]);
  expect(pbx.channels.size).toBe(0);
  expect([...pbx.queues.values()].flatMap(({ waiting }) => waiting)).toEqual([]);
  const sales = pbx.queues.get('sales')?.members;
  expect(sales?.get('PJSIP/1002')).toMatchObject({ paused: false, pausedReason: '', callsTaken: 0 });
  expect(sales?.get('PJSIP/1001')?.penalty).toBe(0);
  expect(pbx.queues.get('support')?.members.has('PJSIP/1001')).toBe(false);

  boot(pbx);
  expect(house.events.at(-1)?.name).toBe('FullyBooted');
  const next = house.call({ to: '2000', talkMs: 20_000 });
  house.advance(2000);
  expect(next.name).toBe('PJSIP/trunk-00000000');
  expect(before).not.toContain(next.uniqueid);
  expect(next.bridge?.channels).toHaveLength(2);
});
