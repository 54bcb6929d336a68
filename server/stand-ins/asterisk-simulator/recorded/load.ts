import { addDynamic } from '../engine/membership.ts';
import type { House } from './house.ts';
import type { Scenario } from './transfers.ts';

const CALLS = 50;
const MEMBERS = 23;
const EVERY_MS = 200;

/**
 * Fifty calls, five a second, to a queue of phones that answer after 0.2 s; the callers hang up 2 s after the exchange has answered, which is
 * 1.5 s after they came into the queue: without sound from the caller, Answer() takes half a second.
 */
function loadSmall(house: House): void {
  const { pbx } = house;
  house.before(() => {
    for (let i = 0; i < MEMBERS; i++) {
      const phone = pbx.phones.get(`PJSIP/${3000 + i}`);
      if (phone === undefined) continue;
      phone.onRing = house.answers(200);
      addDynamic(pbx, 'load', { interface: phone.device, name: `Load ${phone.extension}` });
    }
  });
  // The last talk's end was told too late to know the caller.
  let ended = 0;
  pbx.completeLacks = () => (++ended === CALLS ? 'caller' : 'nothing');
  for (let i = 1; i <= CALLS; i++)
    house.at(i * EVERY_MS, () => {
      house.call({ to: '2999', number: `7999${i}`, name: 'Load', talkMs: 1500 });
    });
}

/** Recordings of many calls at once; compared call by call. */
export const AT_ONCE: Readonly<Record<string, Scenario>> = { 'load-small': loadSmall };
