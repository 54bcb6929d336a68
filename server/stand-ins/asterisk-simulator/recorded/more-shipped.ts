import { blindTransfer } from '../engine/blind-transfer.ts';
import { redirect } from '../engine/control.ts';
import { originate } from '../engine/originate.ts';
import { park } from '../engine/parking.ts';
import { hold } from '../engine/phone.ts';
import type { House } from './house.ts';
import { begin } from './shipped.ts';
import { type Scenario, talking } from './transfers.ts';

/** Calls that were parked and given up before: the lot is there, and gives the next slot. */
function parkedBefore(house: House, calls: number): void {
  const { pbx } = house;
  house.before(() => {
    house.phones(['1001'], house.answers());
    for (let i = 0; i < calls; i++) {
      const caller = house.call({ to: '2000', talkMs: 5000 });
      house.advance(2000);
      park(pbx, caller, { timeoutMs: 20_000, saySlot: false });
      house.advance(8000);
    }
    house.loses('1001');
  });
}

/** What programs, desk phones and colleagues do beyond the ordinary; recorded with the shipped files. */
const RARE: Readonly<Record<string, Scenario>> = {
  'internal-busy'(house) {
    house.phones(['1005'], house.refuses(486));
    house.dials('1002', '1005', 4000);
  },
  'internal-pickup'(house) {
    house.phones(['1001'], house.lets);
    house.dials('1002', '1001', 9000);
    house.at(1600, () => house.dials('1005', '*81001', 3000));
  },
  'internal-transfer-by-caller'(house) {
    house.phones(['1005', '1001'], house.answers(800, 6000));
    const caller = house.dials('1002', '1005', 9000);
    house.at(2300, () => blindTransfer(house.pbx, caller, '1001'));
  },
  'originate-colleague'(house) {
    house.phones(['1001'], house.answers(800, 5000));
    house.phones(['1005'], house.answers());
    originate(house.pbx, {
      device: 'PJSIP/1001',
      context: 'from-agents',
      exten: '1005',
      actionId: 'click-1',
      uniqueid: null,
      caller: { number: '1005', name: 'Click to call' },
      timeoutMs: 15_000,
      variables: new Map([['CALLREF', 'click-0004']]),
    });
  },
  'odd-characters'(house) {
    house.phones(['1001'], house.answers());
    house.call({ to: '2000', number: '007-916(123)45 67', name: '50%20; \\"A\\" <b> , 100%', talkMs: 3000 });
  },
  'park-two'(house) {
    const { pbx } = house;
    house.phones(['1001', '1002'], house.answers());
    const one = house.call({ to: '2000', talkMs: 14_000 });
    let two = one;
    house.at(2400, () => {
      two = house.call({ to: '2000', talkMs: 12_000 });
    });
    house.at(4800, () => park(pbx, one, { timeoutMs: 20_000, saySlot: true }));
    house.at(4900, () => park(pbx, two, { timeoutMs: 20_000, saySlot: true }));
    house.at(6000, () => house.dials('1005', '702', 3000));
  },
  'park-returns'(house) {
    house.phones(['1001'], house.answers());
    const caller = house.call({ to: '2000', talkMs: 9000 });
    house.at(2300, () => park(house.pbx, caller, { timeoutMs: 3000, saySlot: true }));
  },
  'redirect-waiting'(house) {
    house.phones(['1001'], house.lets);
    house.phones(['1004'], house.answers());
    house.call({ to: '2000', talkMs: 1500 });
    house.at(1700, () => {
      const caller = house.call({ to: '2000', talkMs: 8000 });
      house.at(1500, () => redirect(house.pbx, caller, { context: 'did', exten: '2001' }));
    });
  },
  'redirect-talking'(house) {
    house.phones(['1001', '1004'], house.answers());
    const caller = house.call({ to: '2000', talkMs: 9000 });
    house.at(2300, () => redirect(house.pbx, caller, { context: 'did', exten: '2001' }));
  },
  'blind-transfer-in-consultation'(house) {
    const { pbx } = house;
    house.phones(['1005', '1004'], house.answers());
    house.phones(['1001'], house.answers(500));
    house.call({ to: '2000', talkMs: 14_000 });
    house.at(2000, () => {
      const first = talking(house, '1001');
      hold(pbx, first);
      house.dials('1001', '1005', 6100);
      house.at(2300, () => blindTransfer(pbx, first, '2001'));
    });
  },
};
/** What had happened before some of the recordings began. */
const BEFORE: Readonly<Record<string, Scenario>> = {
  'park-two'(house) {
    parkedBefore(house, 1);
    const sales = house.pbx.queues.get('sales');
    if (sales !== undefined) sales.next = 1;
  },
  'park-returns': (house) => parkedBefore(house, 3),
  'redirect-waiting'(house) {
    house.before(() => house.phones(['1001'], house.lets));
    // It had talked until then, and the lamp had said so.
    house.pbx.deviceState.set('Queue:sales_avail', 'INUSE');
    house.loses('1001');
  },
};

export const MORE_SHIPPED: Readonly<Record<string, Scenario>> = Object.fromEntries(
  Object.entries(RARE).map(([name, scenario]): [string, Scenario] => [
    name,
    (house) => {
      BEFORE[name]?.(house);
      begin(house);
      scenario(house);
    },
  ]),
);
