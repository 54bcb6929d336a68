import { change } from './channel.ts';
import { lines } from './events.ts';
import { connectTo, hangUp, newChannel, sayCaller, saySoftHangup, setState } from './lifecycle.ts';
import { ringDevice } from './phone.ts';
import { CHANNEL_STATE, type Channel, type Pbx } from './state.ts';
import { connectThrough, startTalk } from './talk.ts';

export type DialResult = 'ANSWER' | 'BUSY' | 'NOANSWER' | 'CANCEL' | 'CHANUNAVAIL';

export interface DialOptions {
  device: string;
  dialString: string;
  timeoutMs: number;
  application: string;
  /** Called once when the attempt, or the talk that came of it, is over. */
  done(result: DialResult): void;
}

/** The caller's side of DialBegin, DialState and DialEnd; an originated call has none. */
function sayDial(pbx: Pbx, name: 'DialBegin' | 'DialState' | 'DialEnd') {
  return (caller: Channel | null, leg: Channel, fields: Record<string, string>): void => {
    const from = caller === null ? '' : pbx.snapshot(caller);
    pbx.emit(name, caller ?? leg, from + pbx.snapshot(leg, 'Dest') + lines(fields));
  };
}
export const sayDialBegin = (pbx: Pbx, caller: Channel | null, leg: Channel, dialString: string) =>
  sayDial(pbx, 'DialBegin')(caller, leg, { DialString: dialString });
export const sayDialState = (pbx: Pbx, caller: Channel | null, leg: Channel) =>
  sayDial(pbx, 'DialState')(caller, leg, { DialStatus: 'RINGING' });
export const sayDialEnd = (pbx: Pbx, caller: Channel | null, leg: Channel, status: string) =>
  sayDial(pbx, 'DialEnd')(caller, leg, { DialStatus: status });

/** A leg towards a phone. */
function phoneLeg(pbx: Pbx, caller: Channel, device: string): Channel {
  const phone = pbx.phones.get(device);
  const leg = newChannel(pbx, {
    device,
    state: CHANNEL_STATE.down,
    context: 'from-agents',
    exten: 's',
    caller: { number: phone?.extension ?? '', name: phone?.name ?? '' },
    linkedid: caller.linkedid,
  });
  change(leg, { exten: caller.exten, callref: caller.callref });
  connectTo(pbx, leg, caller.caller);
  return leg;
}

/** A leg towards the carrier: it has no name of its own, so it shows what was dialled. */
function trunkLeg(pbx: Pbx, caller: Channel, device: string): Channel {
  const leg = newChannel(pbx, {
    device,
    state: CHANNEL_STATE.down,
    context: 'from-trunk',
    exten: 's',
    caller: { number: '', name: '' },
    linkedid: caller.linkedid,
  });
  change(leg, {
    caller: { number: caller.exten, name: caller.connected.name },
    connected: caller.caller,
    exten: caller.exten,
    callref: caller.callref,
  });
  sayCaller(pbx, leg);
  pbx.say('NewConnectedLine', leg);
  return leg;
}

/** The Dial application: one device rings for one caller. */
export function dial(pbx: Pbx, caller: Channel, options: DialOptions): void {
  const { device, dialString, timeoutMs, done } = options;
  caller.application = 'Dial';
  caller.applicationData = options.application;
  const phone = pbx.phones.get(device);
  if (device !== 'PJSIP/trunk' && phone?.registered !== true) {
    done('CHANUNAVAIL');
    return;
  }
  const leg = phone === undefined ? trunkLeg(pbx, caller, device) : phoneLeg(pbx, caller, device);
  leg.application = 'AppDial';
  leg.applicationData = '(Outgoing Line)';
  let over = false;
  const cancelTimer = pbx.clock.after(timeoutMs, () => {
    if (!finish()) return;
    sayDialEnd(pbx, caller, leg, 'NOANSWER');
    leg.cause = 16;
    hangUp(pbx, leg);
    done('NOANSWER');
  });
  function finish(): boolean {
    if (over) return false;
    over = true;
    cancelTimer();
    return true;
  }
  function refused(): void {
    if (!finish()) return;
    const status = leg.cause === 17 ? 'BUSY' : leg.cause === 19 ? 'NOANSWER' : 'CONGESTION';
    sayDialEnd(pbx, caller, leg, status);
    hangUp(pbx, leg);
    caller.cause = leg.cause;
    caller.techCause = leg.techCause;
    done(status === 'BUSY' ? 'BUSY' : 'NOANSWER');
  }
  leg.owner = {
    ended: refused,
    refused,
    ringing() {
      sayDialState(pbx, caller, leg);
      caller.upstream?.ringing();
    },
    answered() {
      if (!finish()) return;
      leg.cause = 16;
      talk(leg);
    },
    pickedUp(rang, by) {
      if (!finish()) return;
      saySoftHangup(pbx, rang);
      connectTo(pbx, caller, by.caller);
      change(rang, { exten: by.exten });
      rang.cause = 26;
      hangUp(pbx, rang);
      change(by, { callref: caller.callref });
      talk(by);
      change(by, { linkedid: caller.linkedid });
    },
  };
  function talk(called: Channel): void {
    change(called, { exten: '' });
    sayDialEnd(pbx, caller, called, 'ANSWER');
    caller.cause = 16;
    if (caller.state !== CHANNEL_STATE.up) setState(pbx, caller, CHANNEL_STATE.up);
    called.onBridgeOver = () => hangUp(pbx, called);
    caller.onBridgeOver = () => done('ANSWER');
    startTalk(pbx, called, caller);
    caller.upstream?.answered();
  }
  caller.owner = {
    ended() {
      if (!finish()) return;
      sayDialEnd(pbx, caller, leg, 'CANCEL');
      leg.cause = 16;
      hangUp(pbx, leg);
      done('CANCEL');
    },
  };
  sayDialBegin(pbx, caller, leg, dialString);
  connectThrough(pbx, caller, leg.caller);
  ringDevice(pbx, leg);
}
