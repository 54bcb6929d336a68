import { cancelAttendedTransfer, startAttendedTransfer } from '../engine/attended-transfer.ts';
import { blindTransfer } from '../engine/blind-transfer.ts';
import { hangUpByAction } from '../engine/control.ts';
import { park } from '../engine/parking.ts';
import { hold } from '../engine/phone.ts';
import { referWithReplaces } from '../engine/refer.ts';
import type { Channel } from '../engine/state.ts';
import type { House } from './house.ts';

export type Scenario = (house: House) => void;

export const talking = (house: House, extension: string): Channel => {
  for (const channel of house.pbx.channels.values())
    if (channel.device === `PJSIP/${extension}`) return channel;
  throw new Error(`${extension} is not on a call`);
};

/** 1001's desk phone has a customer on its first line and puts the call on hold. */
function holding(house: House, talkMs: number, then: (first: Channel) => void): void {
  house.phones(['1001'], house.answers(500));
  house.call({ to: '2000', talkMs });
  house.at(2000, () => {
    const first = talking(house, '1001');
    hold(house.pbx, first);
    then(first);
  });
}

/** How a caller goes from one agent to another. */
export const TRANSFERS: Readonly<Record<string, Scenario>> = {
  'blind-transfer-queue'(house) {
    const refers = house.answers(800, 3_600_000, (leg) =>
      house.at(2000, () => blindTransfer(house.pbx, leg, '2001')),
    );
    house.phones(['1001'], refers);
    house.phones(['1004'], house.answers());
    house.call({ to: '2000', talkMs: 10_000 });
  },
  'blind-transfer-agent'(house) {
    const refers = house.answers(800, 3_600_000, (leg) =>
      house.at(2000, () => blindTransfer(house.pbx, leg, '1005')),
    );
    house.phones(['1001'], refers);
    house.phones(['1005'], house.answers());
    house.call({ to: '2000', talkMs: 9000 });
  },
  'blind-transfer-ami'(house) {
    house.phones(['1001', '1005'], house.answers());
    house.call({ to: '2000', talkMs: 9000 });
    house.at(2300, () => blindTransfer(house.pbx, talking(house, '1001'), '1005'));
  },
  'blind-transfer-fails'(house) {
    const refers = house.answers(800, 3_600_000, (leg) =>
      house.at(2000, () => blindTransfer(house.pbx, leg, '7777')),
    );
    house.phones(['1001'], refers);
    house.call({ to: '2000', talkMs: 6000 });
  },
  'attended-transfer'(house) {
    house.phones(['1001', '1005'], house.answers());
    house.call({ to: '2000', talkMs: 16_000 });
    house.at(2300, () => startAttendedTransfer(house.pbx, talking(house, '1001'), '1005'));
    house.at(6050, () => hangUpByAction(talking(house, '1001'), 16));
  },
  'attended-transfer-queue'(house) {
    house.phones(['1001', '1004'], house.answers());
    house.call({ to: '2000', talkMs: 16_000 });
    house.at(2300, () => startAttendedTransfer(house.pbx, talking(house, '1001'), '2001'));
    house.at(6050, () => hangUpByAction(talking(house, '1001'), 16));
  },
  'attended-transfer-cancel'(house) {
    house.phones(['1001'], house.answers());
    house.phones(['1005'], house.lets);
    house.call({ to: '2000', talkMs: 14_000 });
    house.at(2300, () => startAttendedTransfer(house.pbx, talking(house, '1001'), '1005'));
    house.at(5800, () => cancelAttendedTransfer(house.pbx, talking(house, '1001')));
  },
  'attended-transfer-refer'(house) {
    house.phones(['1005'], house.answers());
    holding(house, 14_000, (first) => {
      const second = house.dials('1001', '1005', 3_600_000);
      house.at(2800, () => referWithReplaces(house.pbx, first, second));
    });
  },
  'attended-transfer-refer-queue'(house) {
    house.phones(['1004'], house.answers());
    holding(house, 15_000, (first) => {
      const second = house.dials('1001', '2001', 3_600_000);
      house.at(3800, () => referWithReplaces(house.pbx, first, second));
    });
  },
  'attended-transfer-refer-waiting'(house) {
    holding(house, 15_000, (first) => {
      const second = house.dials('1001', '2001', 3_600_000);
      house.at(2000, () => referWithReplaces(house.pbx, first, second));
      house.at(3500, () => house.phones(['1004'], house.answers()));
    });
  },
  park(house) {
    house.phones(['1001'], house.answers());
    const caller = house.call({ to: '2000', talkMs: 12_000 });
    house.at(1800, () => park(house.pbx, caller, { timeoutMs: 20_000, saySlot: true }));
    house.at(3900, () => house.dials('1005', '701', 3000));
  },
};
