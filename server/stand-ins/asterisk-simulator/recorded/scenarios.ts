import { addDynamic, changePenalty, pauseDevice, removeMember, ringInUse } from '../engine/membership.ts';
import { originate } from '../engine/originate.ts';
import { hold, unhold } from '../engine/phone.ts';
import { GAPS, states } from './gaps.ts';
import type { House } from './house.ts';
import { type Scenario, TRANSFERS } from './transfers.ts';

export function clickToDial(
  house: House,
  callref: string,
  caller: { number: string; name: string } | null,
): void {
  originate(house.pbx, {
    device: 'PJSIP/1001',
    context: 'from-agents',
    exten: '979165550001',
    actionId: 'click-1',
    uniqueid: caller === null ? null : `${house.pbx.system}-orig-1.1`,
    caller,
    timeoutMs: 15_000,
    variables: new Map([['CALLREF', callref]]),
  });
}

function callThroughMember(house: House, localInterface: string): void {
  const { pbx } = house;
  house.phones(['1008'], house.answers());
  addDynamic(pbx, 'sales', { interface: localInterface, name: 'Hugo Silva', stateInterface: 'PJSIP/1008' });
  house.call({ to: '2000', talkMs: 5000 });
  house.at(5010, () => removeMember(pbx, 'sales', localInterface));
}

/** What the recordings' callers and agents did, by the recording's name. Each runs for at most a minute of the house's time. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  ...TRANSFERS,
  ...GAPS,
  states,
  answered(house) {
    house.phones(['1001', '1002'], house.answers());
    house.call({ to: '2000', name: 'Ivan Sidorov', talkMs: 5000 });
  },
  'agent-hangup'(house) {
    house.phones(['1001'], house.answers(800, 4000));
    house.call({ to: '2000', talkMs: 20_000 });
  },
  abandoned(house) {
    house.phones(['1001'], house.lets);
    house.call({ to: '2000', talkMs: 5000 });
  },
  'abandoned-unanswered'(house) {
    house.phones(['1004'], house.lets);
    house.call({ to: '2010', talkMs: 5000 });
  },
  'ring-no-answer'(house) {
    house.phones(['1001'], house.lets);
    house.call({ to: '2000', talkMs: 18_000 });
    house.at(20, () => house.phones(['1002'], house.answers()));
    house.at(8000, () => pauseDevice(house.pbx, 'sales', 'PJSIP/1001', true, 'No answer'));
  },
  'busy-agent'(house) {
    // The round-robin stood behind its end from the calls before.
    const sales = house.pbx.queues.get('sales');
    if (sales !== undefined) sales.next = 3;
    house.phones(['1001'], house.refuses(486));
    house.phones(['1002'], house.answers());
    pauseDevice(house.pbx, 'sales', 'PJSIP/1002', true, '');
    house.call({ to: '2000', talkMs: 9000 });
    house.at(1, () => pauseDevice(house.pbx, 'sales', 'PJSIP/1002', false, ''));
  },
  'declined-agent'(house) {
    house.phones(['1001'], house.refuses(603));
    house.call({ to: '2000', talkMs: 5000 });
  },
  ringall(house) {
    house.phones(['1006', '1008'], house.lets);
    house.phones(['1007'], house.answers(1500));
    house.call({ to: '2002', talkMs: 5000 });
  },
  'wait-then-answer'(house) {
    house.call({ to: '2000', talkMs: 10_000 });
    house.at(4000, () => house.phones(['1002'], house.answers()));
  },
  'three-waiting'(house) {
    house.phones(['1001'], house.answers(800, 4000));
    for (const i of [1, 2, 3])
      house.at((i - 1) * 500, () => {
        house.call({ to: '2000', number: `7916000000${i}`, name: `Waiting ${i}`, talkMs: 40_000 });
      });
  },
  ivr(house) {
    house.phones(['1004'], house.answers());
    house.call({ to: '2100', talkMs: 9200, keys: [[2500, '2']] });
  },
  'ivr-invalid'(house) {
    house.phones(['1001'], house.answers());
    house.call({
      to: '2100',
      talkMs: 17_500,
      keys: [
        [2500, '9'],
        [8500, '1'],
      ],
    });
  },
  hold(house) {
    const behaviour = house.answers(800, 3_600_000, (leg) => {
      house.at(2000, () => hold(house.pbx, leg));
      house.at(4500, () => unhold(house.pbx, leg));
    });
    house.phones(['1004'], behaviour);
    house.call({ to: '2001', talkMs: 9000 });
  },
  'queue-timeout-voicemail'(house) {
    house.phones(['1001'], house.lets);
    house.call({ to: '2003', talkMs: 19_500 });
  },
  'exit-with-key'(house) {
    house.phones(['1001'], house.lets);
    house.call({ to: '2000', talkMs: 12_000, keys: [[4000, '1']] });
  },
  pause(house) {
    house.phones(['1003'], house.answers());
    const pause = (queue: string | null, paused: boolean, reason = '') =>
      pauseDevice(house.pbx, queue, 'PJSIP/1003', paused, reason);
    pause('sales', true, 'Lunch');
    house.at(1200, () => pause('sales', false));
    house.at(2000, () => pause(null, true, 'Training / обучение'));
    house.at(3200, () => pause(null, true, 'Coffee'));
    house.at(3800, () => pause(null, false));
    house.at(4500, () => house.call({ to: '2000', talkMs: 6000 }));
    house.at(6400, () => pause(null, true, 'After call work'));
    house.at(11_300, () => pause(null, false));
  },
  members(house) {
    const { pbx } = house;
    house.phones(['1008'], house.answers());
    addDynamic(pbx, 'sales', { interface: 'PJSIP/1008', name: 'Hugo Silva' });
    house.at(500, () => changePenalty(pbx, 'sales', 'PJSIP/1008', 3));
    house.at(800, () => ringInUse(pbx, 'sales', 'PJSIP/1008', true));
    house.at(1200, () => house.call({ to: '2000', talkMs: 4000 }));
    house.at(5700, () => removeMember(pbx, 'sales', 'PJSIP/1008'));
  },
  'member-removed-in-call'(house) {
    const { pbx } = house;
    // It had been a member before.
    pbx.deviceState.set('Queue:sales_pause_PJSIP/1008', 'NOT_INUSE');
    house.phones(['1008'], house.answers());
    addDynamic(pbx, 'sales', { interface: 'PJSIP/1008', name: 'Hugo Silva' });
    house.call({ to: '2000', talkMs: 6000 });
    house.at(2300, () => removeMember(pbx, 'sales', 'PJSIP/1008'));
  },
  'local-member': (house) => callThroughMember(house, 'Local/1008@local-agent/n'),
  'local-member-optimized': (house) => callThroughMember(house, 'Local/1008@local-agent'),
  originate(house) {
    house.phones(['1001'], house.answers());
    house.pbx.onTrunkRing = house.answers(1500, 5000);
    clickToDial(house, 'click-0001', { number: '79165550001', name: 'Click to dial' });
  },
  'originate-agent-busy'(house) {
    house.phones(['1001'], house.refuses(486));
    clickToDial(house, 'click-0002', null);
  },
  'originate-customer-no-answer'(house) {
    house.phones(['1001'], house.answers(800, 6000));
    house.pbx.onTrunkRing = house.lets;
    clickToDial(house, 'click-0003', null);
  },
  outbound(house) {
    house.phones(['1002'], house.answers());
    house.pbx.onTrunkRing = house.answers(1500);
    house.dials('1002', '979165550002', 5500);
  },
  'outbound-busy'(house) {
    house.pbx.onTrunkRing = house.refuses(486);
    house.dials('1002', '979165550002', 5500);
  },
  internal(house) {
    house.phones(['1005'], house.answers());
    house.dials('1002', '1005', 4800);
  },
  csat(house) {
    house.phones(['1001'], house.answers(800, 3000));
    house.call({ to: '2004', talkMs: 15_000, keys: [[6500, '5']] });
  },
  'csat-hangup'(house) {
    house.phones(['1001'], house.answers(800, 3000));
    house.call({ to: '2004', talkMs: 6000 });
  },
  anonymous(house) {
    house.phones(['1001'], house.answers());
    house.call({ to: '2000', number: 'anonymous', name: 'Anonymous', talkMs: 3000 });
  },
  'anonymous-pai'(house) {
    house.phones(['1001'], house.answers());
    house.call({ to: '2000', number: '79161112233', name: '', talkMs: 3000 });
  },
  cyrillic(house) {
    house.pbx.completeLacks = () => 'member';
    house.phones(['1001'], house.answers());
    house.call({ to: '2000', name: 'Пётр Щукин — ООО «Ёлка»', talkMs: 3000 });
  },
  'odd-name'(house) {
    house.phones(['1001'], house.answers());
    const name = `A: \\"B\\" \\\\ Response: Success, x=1; ${'long '.repeat(7)}`;
    house.call({ to: '2000', number: '+79161234567', name, talkMs: 3000 });
  },
  'two-calls-one-caller'(house) {
    house.phones(['1001', '1004'], house.answers());
    house.call({ to: '2000', name: 'Twice', talkMs: 7000 });
    house.at(700, () => house.call({ to: '2001', name: 'Twice', talkMs: 4000 }));
  },
  'shared-agent'(house) {
    house.phones(['1003'], house.answers());
    house.call({ to: '2000', number: '79160000001', name: 'First', talkMs: 5000 });
    house.at(840, () => house.call({ to: '2001', number: '79160000002', name: 'Second', talkMs: 12_000 }));
  },
  'agent-phone-dies'(house) {
    house.phones(['1001'], house.answers());
    house.call({ to: '2000', talkMs: 8000 });
    house.at(1900, () => house.loses('1001'));
  },
  pickup(house) {
    house.phones(['1001'], house.lets);
    house.call({ to: '2000', talkMs: 9000 });
    house.at(1600, () => house.dials('1002', '*8', 4000));
  },
};
