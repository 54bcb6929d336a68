import { bridgedWith, bridgeLines, destroyBridge, enterBridge, leaveBridge } from './bridge.ts';
import { change, NOBODY } from './channel.ts';
import { sayDialEnd } from './dial.ts';
import { endDialplan } from './dialplan.ts';
import { lines } from './events.ts';
import { connectTo, hangUp, saySoftHangup, setCaller, setState } from './lifecycle.ts';
import { newLocalPair, sayLocalBridge } from './local.ts';
import { stopHoldMusic } from './phone.ts';
import { type Bridge, CHANNEL_STATE, type Channel, type Pbx, type Visit } from './state.ts';
import { talkOwner } from './talk.ts';

/**
 * Attended transfer as desk phones do it (REFER with Replaces): the agent's first line holds the customer, the second has the colleague, or waits
 * in a queue for one. What Asterisk makes of it depends on where the second line is:
 * - it dialled the colleague: the colleague moves to the customer;
 * - a queue gave it the colleague: nobody may be taken out of a queue's bridge, so a Local pair links the two bridges;
 * - it waits in a queue: the customer takes its place there.
 */
export function referWithReplaces(pbx: Pbx, first: Channel, second: Channel): void {
  const customer = bridgedWith(first);
  const { bridge } = first;
  if (customer === null || bridge === null) return;
  const target = bridgedWith(second);
  const stay = waitingIn(pbx, second);
  const before: Before = { first, second, customer, bridge };
  if (target !== null && second.bridge !== null) {
    const talk = { ...before, target, secondBridge: second.bridge };
    takeHandsOff(pbx, before);
    if (second.visit === null) moveTarget(pbx, talk);
    else linkBridges(pbx, talk);
  } else if (stay !== null) {
    takeHandsOff(pbx, before);
    replaceInQueue(pbx, before, stay);
  }
}

interface Before {
  first: Channel;
  second: Channel;
  customer: Channel;
  bridge: Bridge;
}
interface Talk extends Before {
  target: Channel;
  secondBridge: Bridge;
}

function waitingIn(pbx: Pbx, caller: Channel): Visit | null {
  for (const queue of pbx.queues.values()) {
    const stay = queue.waiting.find((visit) => visit.caller === caller);
    if (stay !== undefined) return stay;
  }
  return null;
}

/** The REFER ends the hold of both lines, held or not; one that is in no bridge has nobody to hear of it. */
function takeHandsOff(pbx: Pbx, { first, second, customer }: Before): void {
  pbx.say('Unhold', first);
  if (second.bridge !== null) pbx.say('Unhold', second);
  stopHoldMusic(pbx, customer);
}

/** What AttendedTransfer says of the time before: taken first, said last. */
function transferLines(
  pbx: Pbx,
  { first, second, customer, bridge }: Before,
  target: Channel | null,
): string {
  const secondBridge = second.bridge;
  return (
    lines({ Result: 'Success' }) +
    pbx.snapshot(first, 'OrigTransferer') +
    bridgeLines(bridge, 'Orig') +
    pbx.snapshot(second, 'SecondTransferer') +
    (secondBridge === null ? '' : bridgeLines(secondBridge, 'Second')) +
    pbx.snapshot(customer, 'Transferee') +
    (target === null ? '' : pbx.snapshot(target, 'TransferTarget')) +
    lines({ IsExternal: 'No' })
  );
}

function moveTarget(pbx: Pbx, talk: Talk): void {
  const { first, second, customer, bridge, target, secondBridge } = talk;
  const before = transferLines(pbx, talk, target);
  leaveBridge(pbx, target);
  leaveBridge(pbx, first);
  change(target, { linkedid: customer.linkedid });
  enterBridge(pbx, bridge, target, first);
  connectTo(pbx, customer, target.caller);
  connectTo(pbx, target, customer.caller);
  saySoftHangup(pbx, second, 1);
  pbx.emit('AttendedTransfer', first, before + lines({ DestType: 'Bridge', DestBridgeUniqueid: bridge.id }));
  first.visit?.complete('transfer');
  leaveBridge(pbx, second);
  destroyBridge(pbx, secondBridge);
  hangUp(pbx, first);
  saySoftHangup(pbx, second);
  hangUp(pbx, second);
}

/** `;2` takes the second line's place with the colleague, `;1` the first line's place with the customer. The pair stays for the whole talk. */
function linkBridges(pbx: Pbx, talk: Talk): void {
  const { first, second, customer, bridge, target, secondBridge } = talk;
  const before = transferLines(pbx, talk, target);
  const { one, two } = newLocalPair(pbx, { exten: '_attended', context: 'transfer' }, customer.linkedid);
  two.runsDialplan = false;
  sayLocalBridge(pbx, one, two, true);
  setState(pbx, two, CHANNEL_STATE.up);
  leaveBridge(pbx, second);
  enterBridge(pbx, secondBridge, two, second);
  connectTo(pbx, two, target.caller);
  change(target, { linkedid: customer.linkedid });
  connectTo(pbx, target, NOBODY);
  setCaller(pbx, one, target.caller);
  leaveBridge(pbx, first);
  enterBridge(pbx, bridge, one, first);
  connectTo(pbx, one, customer.caller);
  setState(pbx, one, CHANNEL_STATE.up);
  connectTo(pbx, customer, target.caller);
  sayDialEnd(pbx, null, one, 'ANSWER');
  for (const half of [one, two]) {
    half.owner = talkOwner(pbx);
    half.onBridgeOver = () => hangUp(pbx, half);
  }
  two.lateCaller = customer.caller;
  // The second line's Queue() is over, and with it, for the queue, the talk: the customer's talk with its member belongs to no queue.
  second.onBridgeOver?.(false);
  connectTo(pbx, target, customer.caller);
  saySoftHangup(pbx, second, 1);
  pbx.emit(
    'AttendedTransfer',
    first,
    before + lines({ DestType: 'Link' }) + pbx.snapshot(one, 'LocalOne') + pbx.snapshot(two, 'LocalTwo'),
  );
  first.visit?.complete('transfer');
  hangUp(pbx, first);
}

/** A masquerade: the customer stands where the second line stood, and the second line ends where the customer stood. */
function replaceInQueue(pbx: Pbx, before: Before, stay: Visit): void {
  const { first, second, customer, bridge } = before;
  pbx.emit(
    'AttendedTransfer',
    first,
    transferLines(pbx, before, null) + lines({ DestType: 'App', DestApp: second.application }),
  );
  leaveBridge(pbx, customer);
  first.visit?.complete('transfer');
  leaveBridge(pbx, first);
  destroyBridge(pbx, bridge);
  hangUp(pbx, first);
  const { context, exten, priority, callref, cause } = second;
  second.cause = customer.cause;
  customer.cause = cause;
  change(second, { context: customer.context, exten: customer.exten, priority: customer.priority });
  change(customer, { context, exten, priority, callref });
  for (const [name, value] of second.variables) customer.variables.set(name, value);
  connectTo(pbx, customer, second.connected);
  stay.takeOver(customer);
  customer.onBridgeOver = null;
  endDialplan(pbx, second);
}
