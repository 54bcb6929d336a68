import { startAttendedTransfer } from '../engine/attended-transfer.ts';
import { hangUpByAction } from '../engine/control.ts';
import { pauseDevice } from '../engine/membership.ts';
import type { House } from './house.ts';
import { type Scenario, talking } from './transfers.ts';

/** Every recording begins with nobody paused, and with 1001 in the wrap-up after the call before. */
function begin(house: House): void {
  const { pbx } = house;
  const unpauseAll = () => {
    for (const { device, bare } of pbx.phones.values()) if (!bare) pauseDevice(pbx, null, device, false, '');
  };
  house.before(unpauseAll);
  const anna = pbx.queues.get('sales')?.members.get('PJSIP/1001');
  if (anna !== undefined) anna.lastCall = Math.floor(pbx.clock.now() / 1000);
  unpauseAll();
}

/** What the shipped manager.conf keeps from the session that listens, by `eventfilter`. */
export const HELD_BACK: ReadonlySet<string> = new Set(['ExtensionStatus']);

/** What was recorded with the shipped configuration, as the session that listens hears it. */
export const SHIPPED: Readonly<Record<string, Scenario>> = {
  'queue-result-abandoned'(house) {
    begin(house);
    house.phones(['1001'], house.answers());
    house.call({ to: '2000', talkMs: 4500 });
  },
  withheld(house) {
    begin(house);
    house.phones(['1001'], house.answers());
    house.call({ to: '2000', number: '79161112233', name: '', withheld: true, talkMs: 2500 });
  },
  'consultation-caller-gone'(house) {
    begin(house);
    house.phones(['1005', '1001'], house.answers());
    house.call({ to: '2000', talkMs: 14_000 });
    house.at(10_600, () => startAttendedTransfer(house.pbx, talking(house, '1001'), '1005'));
    house.at(14_740, () => hangUpByAction(talking(house, '1001'), 16));
  },
};
