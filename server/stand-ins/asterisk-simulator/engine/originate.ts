import { change, variableLines } from './channel.ts';
import { sayDialBegin, sayDialEnd, sayDialState } from './dial.ts';
import { runFromAgents } from './dialplan.ts';
import { lines } from './events.ts';
import { hangUp, newChannel, sayCaller } from './lifecycle.ts';
import { ringDevice } from './phone.ts';
import { CHANNEL_STATE, type Channel, type Party, type Pbx } from './state.ts';

export interface OriginateWish {
  device: string;
  context: string;
  exten: string;
  actionId: string | null;
  uniqueid: string | null;
  /** Of a Local channel's second half. */
  otherUniqueid?: string | null;
  caller: Party | null;
  timeoutMs: number;
  variables: Map<string, string>;
}

/** AST_CONTROL codes as OriginateResponse gives them: 0 failed or busy, 3 rang and nobody answered, 4 answered. */
type Reason = 0 | 3 | 4;

function sayResponse(pbx: Pbx, wish: OriginateWish, leg: Channel | null, reason: Reason): void {
  const { caller, actionId } = wish;
  const shown = (text: string | undefined): string =>
    text === undefined || text === '' ? '<unknown>' : text;
  const answered = reason === 4 && leg !== null;
  pbx.emit(
    'OriginateResponse',
    leg,
    (actionId === null ? '' : lines({ ActionID: actionId })) +
      lines({
        Response: answered ? 'Success' : 'Failure',
        Channel: answered ? leg.name : wish.device,
        Context: wish.context,
        Exten: wish.exten,
        Reason: reason,
        Uniqueid: answered ? leg.uniqueid : '<unknown>',
        CallerIDNum: shown(caller?.number),
        CallerIDName: shown(caller?.name),
      }) +
      (answered ? variableLines(leg, `ChanVariable(${leg.name})`, pbx.channelVariables) : ''),
  );
}

/** A Local channel is there before anybody looks for its extension, and there is none (lab, 22.4): both halves appear and are gone. */
function leadNowhere(pbx: Pbx, wish: OriginateWish): void {
  const serial = pbx.newSerial('local');
  const half = (end: 1 | 2, uniqueid: string | null | undefined, linkedid?: string) =>
    newChannel(pbx, {
      device: wish.device,
      name: `${wish.device}-${serial};${end}`,
      state: end === 1 ? CHANNEL_STATE.down : CHANNEL_STATE.ring,
      context: 'ringdesk-doctor',
      exten: 's',
      caller: { number: '', name: '' },
      ...(uniqueid == null ? {} : { uniqueid }),
      ...(linkedid === undefined ? {} : { linkedid }),
    });
  const one = half(1, wish.uniqueid);
  const two = half(2, wish.otherUniqueid, one.uniqueid);
  hangUp(pbx, two);
  hangUp(pbx, one);
}

/** Click to dial: the agent's own phone rings first, then the extension is run for it. */
export function originate(pbx: Pbx, wish: OriginateWish): void {
  if (wish.device.startsWith('Local/')) leadNowhere(pbx, wish);
  const phone = pbx.phones.get(wish.device);
  if (phone?.registered !== true) {
    sayResponse(pbx, wish, null, 0);
    return;
  }
  const leg = newChannel(pbx, {
    device: wish.device,
    state: CHANNEL_STATE.down,
    context: 'from-agents',
    exten: 's',
    caller: { number: phone.extension, name: phone.name },
    ...(wish.uniqueid === null ? {} : { uniqueid: wish.uniqueid }),
  });
  pbx.calls++;
  for (const [name, value] of wish.variables) leg.variables.set(name, value);
  change(leg, { callref: wish.variables.get('CALLREF') ?? '' });
  if (wish.caller !== null) {
    change(leg, { caller: wish.caller });
    sayCaller(pbx, leg);
    change(leg, { connected: wish.caller });
    pbx.say('NewConnectedLine', leg);
  }
  let over = false;
  const finish = (): boolean => {
    if (over) return false;
    over = true;
    cancelTimer();
    return true;
  };
  function fail(status: string, reason: Reason): void {
    if (!finish()) return;
    sayDialEnd(pbx, null, leg, status);
    sayResponse(pbx, wish, leg, reason);
    hangUp(pbx, leg);
  }
  const cancelTimer = pbx.clock.after(wish.timeoutMs, () => fail('NOANSWER', 3));
  leg.owner = {
    ended: () => fail('CANCEL', 0),
    refused: () => fail(leg.cause === 17 ? 'BUSY' : 'CONGESTION', 0),
    ringing: () => sayDialState(pbx, null, leg),
    answered() {
      if (!finish()) return;
      sayDialEnd(pbx, null, leg, 'ANSWER');
      sayResponse(pbx, wish, leg, 4);
      change(leg, { context: wish.context, exten: wish.exten, priority: 1 });
      runFromAgents(pbx, leg);
    },
  };
  sayDialBegin(pbx, null, leg, phone.extension);
  ringDevice(pbx, leg);
}
