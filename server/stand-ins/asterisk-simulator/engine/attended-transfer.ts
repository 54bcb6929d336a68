import { bridgedWith, bridgeLines, createBridge, destroyBridge, enterBridge, leaveBridge } from './bridge.ts';
import { change, NOBODY } from './channel.ts';
import { sayDialEnd, sayDialState } from './dial.ts';
import { hasExtension, runFromAgents } from './dialplan.ts';
import { lines } from './events.ts';
import { connectTo, hangUp, setCaller, setState } from './lifecycle.ts';
import { newLocalPair, sayLocalBridge, showBehind } from './local.ts';
import { optimizeSoon } from './local-optimization.ts';
import { hold, pressKey, stopHoldMusic } from './phone.ts';
import { type Bridge, CHANNEL_STATE, type Channel, type Party, type Pbx } from './state.ts';
import { talkOwner } from './talk.ts';

const KEY_MS = 45;
const FEATURE_MS = 145;

/** A consultation that goes on: the agent asks a colleague while the customer hears music. */
interface Consultation {
  customer: Channel;
  customerBridge: Bridge;
  /** `;1`, with the agent in a bridge, and `;2`, which dials. */
  one: Channel;
  two: Channel;
}

const consultations = new WeakMap<Channel, Consultation>();

/** The action Atxfer: the server presses `*2` and the extension for the agent. @returns false when there is nothing to transfer */
export function startAttendedTransfer(pbx: Pbx, agent: Channel, exten: string): boolean {
  if (bridgedWith(agent) === null) return false;
  const press = (digit: string) => pressKey(pbx, agent, digit, 0);
  const keys = [...exten];
  press('*');
  pbx.clock.after(FEATURE_MS, () => {
    if (bridgedWith(agent) === null) return;
    press('2');
    pbx.clock.after(100, () => hold(pbx, agent, false));
    keys.forEach((digit, i) => {
      pbx.clock.after(100 + KEY_MS * (i + 1), () => {
        if (bridgedWith(agent) === null) return;
        press(digit);
        if (i === keys.length - 1) consult(pbx, agent, exten);
      });
    });
  });
  return true;
}

function consult(pbx: Pbx, agent: Channel, exten: string): void {
  const customer = bridgedWith(agent);
  const customerBridge = agent.bridge;
  if (customer === null || customerBridge === null) return;
  if (!hasExtension(pbx, exten)) {
    pbx.say('Unhold', agent);
    stopHoldMusic(pbx, customer);
    return;
  }
  const { one, two } = newLocalPair(pbx, { exten, context: 'from-agents' }, agent.linkedid);
  const consultation = { customer, customerBridge, one, two };
  consultations.set(agent, consultation);
  connectTo(pbx, one, agent.caller);
  const bridge = createBridge(pbx);
  change(two, { callref: agent.callref });
  setCaller(pbx, two, agent.caller);
  change(one, { callref: agent.callref });
  sayLocalBridge(pbx, one, two, true);
  enterBridge(pbx, bridge, one);
  leaveBridge(pbx, agent);
  enterBridge(pbx, bridge, agent);
  connectTo(pbx, agent, NOBODY);

  let behind: Party = NOBODY;
  two.upstream = {
    connected(party) {
      behind = party;
      const other = bridgedWith(one);
      if (other !== null) connectTo(pbx, other, party);
    },
    ringing() {
      showBehind(pbx, one, behind);
      sayDialState(pbx, null, one);
    },
    answered() {
      setState(pbx, one, CHANNEL_STATE.up);
      sayDialEnd(pbx, null, one, 'ANSWER');
      if (bridgedWith(one) === customer) optimizeSoon(pbx, one, two);
    },
  };
  // The colleague does not want it, or ends the talk: the agent has the customer back.
  one.owner = { ended: () => takeBack(pbx, agent, consultation) };
  agent.owner = {
    ended: () => complete(pbx, agent, consultation),
  };
  runFromAgents(pbx, two);
  // An extension that answers by itself (a queue) is heard at once.
  if (two.state === CHANNEL_STATE.up && one.state === CHANNEL_STATE.down) {
    setState(pbx, one, CHANNEL_STATE.up);
    sayDialEnd(pbx, null, one, 'ANSWER');
  }
}

/** The agent hangs up in the consultation: the customer gets the colleague. */
function complete(pbx: Pbx, agent: Channel, { customer, customerBridge, one, two }: Consultation): void {
  const bridge = agent.bridge;
  consultations.delete(agent);
  agent.owner = { ended: () => undefined };
  if (bridge === null || customer.gone || one.gone) {
    leaveBridge(pbx, agent);
    leaveBridge(pbx, one);
    if (bridge !== null) destroyBridge(pbx, bridge);
    agent.visit?.complete('agent');
    if (!one.gone) hangUp(pbx, one);
    hangUp(pbx, agent);
    if (!customer.gone) customer.owner.ended(customer);
    return;
  }
  leaveBridge(pbx, agent);
  stopHoldMusic(pbx, customer);
  pbx.emit('BridgeMerge', null, bridgeLines(customerBridge, 'To') + bridgeLines(bridge, 'From'));
  leaveBridge(pbx, one);
  const stays = two.recording !== '';
  const target = two.connected;
  if (stays) setCaller(pbx, one, target);
  enterBridge(pbx, customerBridge, one);
  if (stays) {
    connectTo(pbx, one, customer.caller);
    two.lateCaller = customer.caller;
  }
  connectTo(pbx, customer, target);
  const transferee = pbx.snapshot(customer, 'Transferee');
  pbx.emit(
    'AttendedTransfer',
    agent,
    lines({ Result: 'Success' }) +
      pbx.snapshot(agent, 'OrigTransferer') +
      bridgeLines(customerBridge, 'Orig') +
      pbx.snapshot(agent, 'SecondTransferer') +
      bridgeLines(bridge, 'Second') +
      transferee +
      (stays ? pbx.snapshot(one, 'TransferTarget') : '') +
      lines({ IsExternal: 'No', DestType: 'Bridge', DestBridgeUniqueid: customerBridge.id }),
  );
  connectTo(pbx, one, customer.caller);
  agent.visit?.complete('transfer');
  destroyBridge(pbx, bridge);
  const colleague = bridgedWith(two);
  if (colleague !== null) connectTo(pbx, colleague, customer.caller);
  one.owner = talkOwner(pbx);
  one.onBridgeOver = () => hangUp(pbx, one);
  hangUp(pbx, agent);
  if (!stays && colleague !== null) optimizeSoon(pbx, one, two);
}

/** The action CancelAtxfer (`*1`): the agent takes the customer back. @returns false when no consultation goes on */
export function cancelAttendedTransfer(pbx: Pbx, agent: Channel): boolean {
  const consultation = consultations.get(agent);
  if (consultation === undefined) return false;
  pressKey(pbx, agent, '*', 0);
  pbx.clock.after(FEATURE_MS, () => {
    if (agent.gone || consultations.get(agent) !== consultation) return;
    pressKey(pbx, agent, '1', 0);
    pbx.clock.after(108, () => {
      if (!agent.gone && consultations.get(agent) === consultation) takeBack(pbx, agent, consultation);
    });
  });
  return true;
}

function takeBack(pbx: Pbx, agent: Channel, { customer, customerBridge, one }: Consultation): void {
  const { bridge } = agent;
  if (!consultations.delete(agent) || bridge === null) return;
  one.owner = talkOwner(pbx);
  leaveBridge(pbx, agent);
  if (customer.gone) hangUp(pbx, agent);
  else {
    enterBridge(pbx, customerBridge, agent);
    agent.owner = talkOwner(pbx);
    stopHoldMusic(pbx, customer);
    pbx.say('Unhold', agent);
    connectTo(pbx, agent, customer.caller);
  }
  leaveBridge(pbx, one);
  destroyBridge(pbx, bridge);
  hangUp(pbx, one);
}

/** Whether the agent is asking a colleague now. */
export function isConsulting(agent: Channel): boolean {
  return consultations.has(agent);
}
