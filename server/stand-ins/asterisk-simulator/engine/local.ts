import { change, NOBODY } from './channel.ts';
import { dial } from './dial.ts';
import { lines } from './events.ts';
import { connectTo, hangUp, newChannel, sayCaller, saySoftHangup, setState } from './lifecycle.ts';
import { optimizeSoon } from './local-optimization.ts';
import { answer } from './phone.ts';
import { CHANNEL_STATE, type Channel, type Pbx } from './state.ts';

/** A pair of Local channels: `;1` stands where a phone would, `;2` runs the dialplan at the extension behind it. */
export function newLocalPair(
  pbx: Pbx,
  target: { exten: string; context: string },
  linkedid: string,
): { one: Channel; two: Channel } {
  const device = `Local/${target.exten}@${target.context}`;
  const name = `${device}-${pbx.newSerial('local')}`;
  const half = (suffix: string, state: 0 | 4): Channel =>
    newChannel(pbx, { device, name: `${name};${suffix}`, state, ...target, caller: NOBODY, linkedid });
  const one = half('1', CHANNEL_STATE.down);
  const two = half('2', CHANNEL_STATE.ring);
  one.otherHalf = two;
  two.otherHalf = one;
  two.runsDialplan = true;
  return { one, two };
}

export function sayLocalBridge(pbx: Pbx, one: Channel, two: Channel, optimizes: boolean): void {
  pbx.emit(
    'LocalBridge',
    one,
    pbx.snapshot(one, 'LocalOne') +
      pbx.snapshot(two, 'LocalTwo') +
      lines({ Context: two.context, Exten: two.exten, LocalOptimization: optimizes ? 'Yes' : 'No' }),
  );
}

/** `;1` takes over the identity of the phone that rings behind it, and rings itself. */
export function showBehind(pbx: Pbx, one: Channel, phone: { number: string; name: string }): void {
  change(one, { caller: phone });
  setState(pbx, one, CHANNEL_STATE.ringing);
  sayCaller(pbx, one);
}

/**
 * A member's leg through `Local/<exten>@local-agent`: the context dials the phone of that number, nothing else. With `/n` the pair stays for the
 * whole talk, without it Asterisk takes it away once both sides talk.
 */
export function localLeg(
  pbx: Pbx,
  caller: Channel,
  interfaceName: string,
): { channel: Channel; ring: () => void } {
  const [, exten = '', context = ''] = /^Local\/([^@]+)@([^/]+)/.exec(interfaceName) ?? [];
  const { one, two } = newLocalPair(pbx, { exten, context }, caller.linkedid);
  const did = caller.variables.get('DID') ?? '';
  change(one, { caller: { number: did, name: '' } });
  sayCaller(pbx, one);
  connectTo(pbx, one, { ...caller.caller });
  change(two, { caller: caller.caller, connected: { number: did, name: '' }, callref: caller.callref });
  sayCaller(pbx, two);
  pbx.say('NewConnectedLine', two);
  change(one, { exten: caller.exten, callref: caller.callref });
  const optimizes = !interfaceName.endsWith('/n');
  sayLocalBridge(pbx, one, two, optimizes);
  let behind = NOBODY;
  two.upstream = {
    connected(party) {
      behind = party;
      if (!caller.gone) connectTo(pbx, caller, party);
    },
    ringing() {
      showBehind(pbx, one, behind);
      one.owner.ringing?.(one);
    },
    answered() {
      answer(pbx, one);
      if (optimizes) optimizeSoon(pbx, one, two);
    },
  };
  const end = (): void => {
    saySoftHangup(pbx, two);
    hangUp(pbx, two);
  };
  two.owner = { ended: end };
  return {
    channel: one,
    ring: () =>
      dial(pbx, two, {
        device: `PJSIP/${exten}`,
        dialString: exten,
        timeoutMs: 20_000,
        application: `PJSIP/${exten},20`,
        done: end,
      }),
  };
}
