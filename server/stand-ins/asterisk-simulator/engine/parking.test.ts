import { createHouse, type House } from '../recorded/house.ts';
import { isParkingSlot, park } from './parking.ts';
import type { Channel } from './state.ts';

let house: House;
let caller: Channel;

beforeEach(() => {
  house = createHouse('sim');
  house.phones(['1001'], house.answers());
  caller = house.call({ to: '2000', talkMs: 3_600_000 });
  house.advance(2000);
});

const said = (name: string): string[] =>
  house.events.filter((event) => event.name === name).map(({ text }) => text);
const parkCaller = (): boolean => park(house.pbx, caller, { timeoutMs: 20_000, saySlot: true });

test('the slots are those of the shipped res_parking.conf', () => {
  expect(['700', '701', '720', '721', '0701', '7O1'].filter(isParkingSlot)).toEqual(['701', '720']);
});

test('a waiting or parked caller cannot be parked', () => {
  const second = house.call({ to: '2000', talkMs: 3_600_000 });
  house.advance(1000);
  expect(park(house.pbx, second, { timeoutMs: 20_000, saySlot: false })).toBe(false);
  expect(parkCaller()).toBe(true);
  expect(parkCaller()).toBe(false);
});

test('the next call gets the next slot, though the one before is free', () => {
  parkCaller();
  house.advance(3000);
  house.dials('1005', '701', 1000);
  expect(parkCaller()).toBe(true);
  expect(said('ParkedCall').map((text) => /ParkingSpace: (\d+)/.exec(text)?.[1])).toEqual(['701', '702']);
});

test('an empty slot takes the call and lets it go', () => {
  const lost = house.dials('1005', '705', 3_600_000);
  house.advance(10);
  expect(lost.gone).toBe(true);
  expect(said('UnParkedCall')).toEqual([]);
});

test('a parked caller who hangs up ends the stay, once', () => {
  parkCaller();
  house.advance(5000);
  expect(said('AgentComplete')).toEqual([]);
  caller.owner.ended(caller);
  house.advance(10);
  expect([caller.gone, said('ParkedCallGiveUp').length, said('AgentComplete').length]).toEqual([true, 1, 1]);
  expect(house.pbx.channels.size).toBe(0);
  house.advance(60_000);
  expect(said('ParkedCallTimeOut')).toEqual([]);
});

test('nobody fetches the call: the phone that parked it is rung, and the two talk again', () => {
  parkCaller();
  house.advance(22_000);
  expect(said('ParkedCallTimeOut')).toHaveLength(1);
  expect([caller.bridge?.kind, caller.bridge?.channels.map(({ device }) => device)]).toEqual([
    'basic',
    ['PJSIP/1001', 'PJSIP/trunk'],
  ]);
  caller.owner.ended(caller);
  house.advance(10);
  expect([house.pbx.channels.size, said('AgentComplete').length]).toEqual([0, 1]);
});
