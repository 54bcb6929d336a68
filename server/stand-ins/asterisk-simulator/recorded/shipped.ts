import { startAttendedTransfer } from '../engine/attended-transfer.ts';
import { hangUpByAction } from '../engine/control.ts';
import { pauseDevice } from '../engine/membership.ts';
import type { House } from './house.ts';
import { clickToDial, SCENARIOS } from './scenarios.ts';
import { type Scenario, talking } from './transfers.ts';

/** Every recording with the shipped files begins with nobody paused; each agent is told so. */
export function begin(house: House): void {
  const { pbx } = house;
  const unpauseAll = () => {
    for (const { device, bare } of pbx.phones.values()) if (!bare) pauseDevice(pbx, null, device, false, '');
  };
  house.before(unpauseAll);
  unpauseAll();
}

/** 1001 is in the wrap-up after the call before. */
function wrappingUp(house: House): void {
  const anna = house.pbx.queues.get('sales')?.members.get('PJSIP/1001');
  if (anna !== undefined) anna.lastCall = Math.floor(house.pbx.clock.now() / 1000);
  begin(house);
  house.phones(['1001'], house.answers());
}

/** What the shipped manager.conf keeps from the session that listens, by `eventfilter`. */
export const HELD_BACK: ReadonlySet<string> = new Set(['ExtensionStatus']);

/** Recorded with the shipped files of before `channelvars` listed MIXMONITOR_FILENAME. */
export const SHIPPED_AT_FIRST: Readonly<Record<string, Scenario>> = {
  'queue-result-abandoned'(house) {
    wrappingUp(house);
    house.call({ to: '2000', talkMs: 4500 });
  },
  withheld(house) {
    wrappingUp(house);
    house.call({ to: '2000', number: '79161112233', name: '', withheld: true, talkMs: 2500 });
  },
  'consultation-caller-gone'(house) {
    wrappingUp(house);
    house.phones(['1005'], house.answers());
    house.call({ to: '2000', talkMs: 14_000 });
    house.at(10_600, () => startAttendedTransfer(house.pbx, talking(house, '1001'), '1005'));
    house.at(14_740, () => hangUpByAction(talking(house, '1001'), 16));
  },
};

const SAME = [
  'agent-hangup',
  'blind-transfer-agent',
  'csat',
  'csat-hangup',
  'exit-with-key',
  'hold',
  'internal',
  'outbound-busy',
  'queue-timeout-voicemail',
];

/** Recorded with the shipped files. */
export const SHIPPED: Readonly<Record<string, Scenario>> = {
  ...Object.fromEntries(
    SAME.map((name): [string, Scenario] => [
      `shipped/${name}`,
      (house) => {
        begin(house);
        SCENARIOS[name]?.(house);
      },
    ]),
  ),
  'shipped/answered'(house) {
    begin(house);
    house.phones(['1001'], house.answers());
    house.call({ to: '2000', name: 'Ivan Sidorov', talkMs: 5000 });
  },
  'shipped/anonymous-pai'(house) {
    begin(house);
    house.phones(['1001'], house.answers());
    house.call({ to: '2000', number: '79161112233', name: '', withheld: true, talkMs: 3000 });
  },
  'shipped/originate'(house) {
    begin(house);
    house.phones(['1001'], house.answers());
    house.pbx.onTrunkRing = house.answers(1500, 5000);
    clickToDial(house, 'click-0001', { number: '79165550001', name: 'Click to call' });
  },
  // A phone that has not registered may call all the same.
  'shipped/outbound'(house) {
    begin(house);
    house.pbx.onTrunkRing = house.answers(1500);
    house.dials('1002', '979165550002', 5500);
  },
};
