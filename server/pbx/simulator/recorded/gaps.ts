import { addDynamic, pauseDevice } from '../engine/membership.ts';
import { restart } from '../engine/restart.ts';
import type { House } from './house.ts';
import type { Scenario } from './transfers.ts';

/** What a client that was away comes back to. */
export const GAPS: Readonly<Record<string, Scenario>> = {
  restart(house) {
    const { pbx } = house;
    house.phones(['1001', '1002'], house.answers());
    pauseDevice(pbx, null, 'PJSIP/1002', true, 'Lunch');
    addDynamic(pbx, 'support', { interface: 'PJSIP/1001', name: 'Anna Petrova' });
    house.call({ to: '2000', talkMs: 15_000 });
    house.call({ to: '2001', talkMs: 15_000 });
    house.at(2900, () => restart(pbx));
  },
  'network-loss'(house) {
    house.phones(['1001'], house.answers());
    house.call({ to: '2001', talkMs: 20_000 });
    house.call({ to: '2000', talkMs: 12_000 });
  },
};

/** The moment at which the recording `states` asked: two talk, one waits, one rings, one is in the menu, an agent calls out. */
export function busyHouse(house: House): void {
  const { pbx } = house;
  const call = (to: string, number: string, name: string) => house.call({ to, number, name, talkMs: 60_000 });
  // The round-robin came to 1003.
  const sales = pbx.queues.get('sales');
  if (sales !== undefined) sales.next = 2;
  house.phones(['1001', '1002', '1003', '1006'], house.answers());
  house.phones(['1004'], house.lets);
  pbx.onTrunkRing = house.answers(300);
  pauseDevice(pbx, 'sales', 'PJSIP/1002', true, 'Lunch');
  addDynamic(pbx, 'support', { interface: 'PJSIP/1002', name: 'Boris Ivanov', penalty: 5 });
  call('2000', '79160000001', 'Первый');
  house.at(1000, () => call('2000', '79160000002', 'Second'));
  house.at(2100, () => {
    call('2000', '79160000003', 'Waits');
    call('2100', '79161234567', 'Caller');
    house.dials('1006', '979165550002', 60_000);
    call('2001', '79160000004', 'Rings');
  });
}
