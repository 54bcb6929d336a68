import type { PbxEvent } from '../../server/telephony/calls/index.ts';
import { eventsOf, play } from './replay.ts';
import { expected } from './scenarios.ts';

/** An agent's talk and hold together are the time that the agent's channel was bridged with the customer's; reckoned here from the bridges alone. */

/** Milliseconds that two channels were in one bridge, from the first of `events` to the last. */
function together(events: PbxEvent[], one: string, two: string): number {
  const where = new Map<string, string>();
  let since: number | null = null;
  let sum = 0;
  for (const event of events) {
    if (event.type !== 'BridgeEnter' && event.type !== 'BridgeLeave') continue;
    if (event.type === 'BridgeEnter') where.set(event.channel, event.bridge);
    else where.delete(event.channel);
    const met = where.has(one) && where.get(one) === where.get(two);
    if (met && since === null) since = event.at;
    if (!met && since !== null) {
      sum += event.at - since;
      since = null;
    }
  }
  return sum;
}

/**
 * Where a Local channel stands between the two, or the agent's channel goes to another bridge to consult, one bridge does not tell. Nor does it where
 * a colleague who called has given the call away, or where the call is parked: that is said a millisecond before the bridge is left.
 */
const notInOneBridge = new RegExp(
  `^(${[
    'local-member',
    'forward',
    'internal-forward',
    'originate-local',
    'internal-transfer-by-caller',
    'park-returns',
    'attended-transfer$',
    'attended-transfer-queue',
    'attended-transfer-refer-queue',
    'attended-transfer-cancel',
    'consultation-caller-gone',
    'freepbx-(queue|ringgroup-confirm)',
    'issabel-forward',
    'mikopbx',
    'linear-group',
    'mobile-registers-late',
    'adhoc-conference',
    'blonde-transfer-group',
    'conference-transfer-attended',
  ].join('|')})`,
);

test.each(expected.filter((name) => !notInOneBridge.test(name)))('%s', (name) => {
  const events = eventsOf(name);
  const { said, interactions } = play(events);
  for (const i of interactions) {
    const dialled = events.find((e) => e.type === 'DialBegin' && e.channel === i.id);
    const customer = i.direction === 'outbound' && dialled?.type === 'DialBegin' ? dialled.dest : i.id;
    for (const [index, leg] of i.legs.entries()) {
      if (leg.outcome !== 'answered') continue;
      const offer = said.find(
        (e) => e.type === 'leg.offered' && e.leg.agent === leg.agent && e.at === leg.offeredAt,
      );
      const phone = offer?.type === 'leg.offered' ? offer.leg.uniqueid : null;
      expect([index, (leg.talkMs ?? 0) + (leg.holdMs ?? 0)]).toEqual([
        index,
        together(events, customer, phone ?? ''),
      ]);
    }
  }
});

test('a consultation is hold time of the agent who consults, from the press of the key to the transfer or the return', () => {
  const pressed = (name: string) => {
    const events = eventsOf(name);
    const hold = events.find((e) => e.type === 'Hold' && e.on)?.at ?? 0;
    const end = events.find((e) => e.type === 'AttendedTransfer' || (e.type === 'Hold' && !e.on))?.at ?? 0;
    return end - hold;
  };
  for (const name of ['attended-transfer', 'attended-transfer-queue', 'attended-transfer-cancel']) {
    const leg = play(eventsOf(name)).interactions[0]?.legs[0];
    expect([name, leg?.agent, leg?.holdMs]).toEqual([name, '1001', pressed(name)]);
  }
});
