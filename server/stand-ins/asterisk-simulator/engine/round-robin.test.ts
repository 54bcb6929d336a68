import { createHouse, type House } from '../recorded/house.ts';
import { addDynamic, pauseDevice, removeMember } from './membership.ts';

/** `rrmemory`: who rings next, by the rules of app_queue's `queuepos` and `rrpos`. */

const MEMBERS = ['PJSIP/3007', 'PJSIP/3001', 'PJSIP/3004', 'PJSIP/3002'];
let house: House;

/** Calls one after the other: whom the queue rang for each. */
function serve(calls: number): string[] {
  const from = house.events.length;
  for (let i = 0; i < calls; i++) {
    house.call({ to: '2999', talkMs: 1000 });
    house.advance(4000);
  }
  return house.events
    .slice(from)
    .filter(({ name }) => name === 'AgentCalled')
    .map(({ text }) => /Interface: (.*)\r/.exec(text)?.[1] ?? '');
}

const [seven, one, four, two] = MEMBERS;

beforeEach(() => {
  house = createHouse('sim');
  for (const device of MEMBERS) {
    const phone = house.pbx.phones.get(device);
    if (phone !== undefined) phone.onRing = house.answers(200);
    addDynamic(house.pbx, 'load', { interface: device, name: device });
  }
});

test('members ring in the order in which they were added, and then anew', () => {
  expect(serve(6)).toEqual([seven, one, four, two, seven, one]);
});

test('who is paused is passed over, and has its turn again later', () => {
  pauseDevice(house.pbx, 'load', 'PJSIP/3001', true, 'Lunch');
  expect(serve(4)).toEqual([seven, four, two, seven]);
  pauseDevice(house.pbx, 'load', 'PJSIP/3001', false, '');
  expect(serve(2)).toEqual([one, four]);
});

test('nobody loses a turn when one leaves who had it already; who comes stands last', () => {
  expect(serve(2)).toEqual([seven, one]);
  removeMember(house.pbx, 'load', 'PJSIP/3007');
  expect(serve(1)).toEqual([four]);
  addDynamic(house.pbx, 'load', { interface: 'PJSIP/3007', name: 'again' });
  expect(serve(4)).toEqual([two, seven, one, four]);
});
