import { hangUpByAction } from '../engine/control.ts';
import { addDynamic, pauseDevice, removeMember } from '../engine/membership.ts';
import { hold } from '../engine/phone.ts';
import { restart } from '../engine/restart.ts';
import type { House } from './house.ts';
import type { Scenario } from './transfers.ts';

/** What a client that was away comes back to. The recordings of a restart and of a crash end when the link does. */
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
  crash(house) {
    const { pbx } = house;
    house.phones(['1001'], house.answers());
    addDynamic(pbx, 'support', { interface: 'PJSIP/1001', name: 'Anna Petrova' });
    house.call({ to: '2001', talkMs: 9000 });
    house.at(1, () => house.call({ to: '2000', talkMs: 9000 }));
    house.at(2900, () => restart(pbx));
  },
  'network-loss'(house) {
    house.phones(['1001'], house.answers());
    house.call({ to: '2001', talkMs: 20_000 });
    house.call({ to: '2000', talkMs: 12_000 });
  },
};

/** The moment at which the recording `states` asked: two talk, one of them on hold, one waits, one rings, one is in the menu, an agent calls out. */
export function busyHouse(house: House): void {
  const { pbx } = house;
  const call = (to: string, number: string, name: string) => house.call({ to, number, name, talkMs: 60_000 });
  // The round-robin came to 1003.
  const sales = pbx.queues.get('sales');
  if (sales !== undefined) sales.next = 2;
  house.phones(['1001', '1002', '1006'], house.answers());
  house.phones(['1004'], house.lets);
  const holds = house.answers(800, 60_000, (leg) => house.at(2000, () => hold(pbx, leg)));
  house.phones(['1003'], holds);
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

/** The busy house, and its end: every channel is hung up by an action, in the order in which the recording's list had them. */
export function states(house: House): void {
  const { pbx } = house;
  busyHouse(house);
  const callerOf = (name: string) => [...pbx.channels.values()].find(({ caller }) => caller.name === name);
  house.at(7060, () => {
    for (const name of ['Clara Nowak', 'Farid Aliyev', 'Waits', 'Caller', 'Rings', 'Second']) {
      const channel = callerOf(name);
      if (channel !== undefined) hangUpByAction(channel, null);
    }
  });
  house.at(7100, () => removeMember(pbx, 'support', 'PJSIP/1002'));
}
