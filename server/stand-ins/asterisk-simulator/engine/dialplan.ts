import { change } from './channel.ts';
import { type DialResult, dial } from './dial.ts';
import { hangUp, saySoftHangup, setCaller } from './lifecycle.ts';
import { readMenu, sayUserEvent, survey } from './menus.ts';
import { isParkingSlot, unpark } from './parking.ts';
import { pickUp } from './phone.ts';
import { pickUpCall } from './pickup.ts';
import { enterQueue, type QueueResult } from './queue.ts';
import type { Channel, Pbx } from './state.ts';
import { stepsOf } from './steps.ts';

interface Did {
  queue: string;
  /** How long a caller waits at most. */
  seconds: number;
  /** Ends in the survey. */
  survey?: boolean;
  /** The queue rings before the call is answered. */
  early?: boolean;
}

/** The numbers of the house, as the shipped extensions.conf has them. */
const DIDS: Readonly<Record<string, Did>> = {
  '2000': { queue: 'sales', seconds: 300 },
  '2001': { queue: 'support', seconds: 300 },
  '2002': { queue: 'complaints', seconds: 300 },
  '2003': { queue: 'sales', seconds: 6 },
  '2004': { queue: 'sales', seconds: 300, survey: true },
  '2010': { queue: 'support', seconds: 300, early: true },
  '2999': { queue: 'load', seconds: 120 },
};
const IVR = '2100';
const OUTSIDE_NUMBER = '4955550100';
const VOICEMAIL_BOXES: Readonly<Record<string, string>> = {
  sales: '2000',
  support: '2001',
  complaints: '2002',
};

function isDid(exten: string): boolean {
  return exten === IVR || exten in DIDS;
}

/** Whether `from-agents` has something for these digits. */
export function hasExtension(pbx: Pbx, exten: string): boolean {
  return (
    isDid(exten) ||
    isParkingSlot(exten) ||
    pbx.phones.has(`PJSIP/${exten}`) ||
    /^(9\d{2,}|\*8\d*)$/.test(exten)
  );
}

/** A call from outside, at the number that was dialled. */
export function runInbound(pbx: Pbx, channel: Channel): void {
  channel.variables.set('DID', channel.exten);
  runDid(pbx, channel, channel.exten);
}

/** The context `from-agents`: colleagues, the outside world through `9`, and the house's own numbers. */
export function runFromAgents(pbx: Pbx, channel: Channel): void {
  const { exten } = channel;
  channel.runsDialplan = true;
  if (isDid(exten)) {
    runDid(pbx, channel, exten);
    return;
  }
  const pickup = /^\*8(\d*)$/.exec(exten);
  if (pickup !== null) {
    if (!pickUpCall(pbx, channel, pickup[1] ?? '')) endDialplan(pbx, channel);
    return;
  }
  if (isParkingSlot(exten)) {
    const over = () => endDialplan(pbx, channel);
    if (!unpark(pbx, channel, over)) over();
    return;
  }
  if (channel.callref === '') change(channel, { callref: channel.uniqueid });
  if (/^9\d{2,}$/.test(exten)) dialOut(pbx, channel, exten.slice(1));
  else if (pbx.phones.has(`PJSIP/${exten}`)) dialColleague(pbx, channel, exten);
  else endDialplan(pbx, channel);
}

function dialOut(pbx: Pbx, channel: Channel, number: string): void {
  const { outside } = stepsOf(pbx);
  change(channel, { priority: outside.caller });
  setCaller(pbx, channel, { number: OUTSIDE_NUMBER, name: channel.caller.name });
  record(pbx, channel, outside.record);
  change(channel, { priority: outside.dial });
  dial(pbx, channel, {
    device: 'PJSIP/trunk',
    dialString: `${number}@trunk`,
    timeoutMs: 30_000,
    application: `PJSIP/${number}@trunk,30,T`,
    done: (result) => afterDial(pbx, channel, result, outside.bye),
  });
}

function dialColleague(pbx: Pbx, channel: Channel, exten: string): void {
  change(channel, { priority: 2 });
  dial(pbx, channel, {
    device: `PJSIP/${exten}`,
    dialString: exten,
    timeoutMs: 20_000,
    application: `PJSIP/${exten},20,tTkKxX`,
    done: (result) => afterDial(pbx, channel, result, stepsOf(pbx).colleagueBye),
  });
}

/** The dialplan goes on after an attempt that failed; a talk is the end of it. */
function afterDial(pbx: Pbx, channel: Channel, result: DialResult, priority: number): void {
  if (result !== 'ANSWER' && result !== 'CANCEL') change(channel, { priority });
  endDialplan(pbx, channel);
}

function runDid(pbx: Pbx, channel: Channel, exten: string): void {
  if (channel.callref === '') change(channel, { callref: channel.uniqueid });
  const did = DIDS[exten];
  if (exten === IVR) {
    pickUp(pbx, channel, { context: 'ivr', exten: 's', priority: 1 });
    readMenu(pbx, channel, {
      chosen: (next) => runDid(pbx, channel, next),
      hungUp: () => endDialplan(pbx, channel),
    });
  } else if (did !== undefined && pbx.queues.has(did.queue)) runQueue(pbx, channel, did);
  else endDialplan(pbx, channel);
}

function runQueue(pbx: Pbx, channel: Channel, did: Did): void {
  const queue = pbx.queues.get(did.queue);
  if (queue === undefined) return;
  channel.survey = did.survey === true;
  channel.variables.delete('QUEUERESULT');
  const place = { context: 'queues', exten: did.queue, priority: 1 };
  if (did.early === true) change(channel, place);
  else pickUp(pbx, channel, place);
  const steps = stepsOf(pbx);
  record(pbx, channel, steps.record);
  change(channel, { context: 'queues', exten: did.queue, priority: steps.queue });
  enterQueue(pbx, queue, channel, {
    timeoutMs: did.seconds * 1000,
    done: (caller, result, hungUp) => afterQueue(pbx, caller, { queue: did.queue, result, hungUp }),
  });
}

/** The recording is started once a call: a second MixMonitor on its file would spoil it. */
function record(pbx: Pbx, channel: Channel, priority: number): void {
  if (channel.recording !== '' || channel.exten === 'load') return;
  change(channel, { priority, recording: `/var/spool/asterisk/monitor/${channel.callref}.wav` });
  pbx.say('MixMonitorStart', channel);
}

interface QueueEnd {
  queue: string;
  result: QueueResult;
  hungUp: boolean;
}

function afterQueue(pbx: Pbx, channel: Channel, end: QueueEnd): void {
  const { queue, result, hungUp } = end;
  channel.owner = { ended: () => endDialplan(pbx, channel) };
  if (result === 'ABANDON' || result === 'TIMEOUT') channel.variables.set('ABANDONED', 'TRUE');
  else channel.variables.delete('ABANDONED');
  const status = result === 'CONTINUE' || result === 'TIMEOUT' ? result : '';
  channel.variables.set('QUEUESTATUS', status);
  if (hungUp) {
    endDialplan(pbx, channel);
    return;
  }
  if (result === 'KEY') {
    requestCallback(pbx, channel, queue);
    return;
  }
  sayQueueResult(pbx, channel, queue, stepsOf(pbx).result);
  if (result === 'TIMEOUT') leaveMessage(pbx, channel, queue);
  else if (channel.survey) survey(pbx, channel, queue, () => endDialplan(pbx, channel));
  else {
    change(channel, { priority: stepsOf(pbx).bye });
    endDialplan(pbx, channel);
  }
}

/** What the shipped dialplan says of the end of a stay, once, since no event of Asterisk's own tells it for sure. */
function sayQueueResult(pbx: Pbx, channel: Channel, queue: string, priority: number): void {
  if (!pbx.shipped || channel.variables.get('QUEUERESULT') === 'sent') return;
  change(channel, { priority });
  channel.variables.set('QUEUERESULT', 'sent');
  sayUserEvent(pbx, channel, 'QueueResult', {
    Queue: queue,
    QueueStatus: channel.variables.get('QUEUESTATUS') ?? '',
    Abandoned: channel.variables.get('ABANDONED') ?? '',
  });
}

function requestCallback(pbx: Pbx, channel: Channel, queue: string): void {
  change(channel, { priority: 1 });
  const about = { Queue: queue, Number: channel.caller.number, Position: '1' };
  sayUserEvent(pbx, channel, 'CallbackRequest', about);
  channel.cause = 16;
  pbx.clock.after(900, () => {
    change(channel, { priority: 3 });
    endDialplan(pbx, channel);
  });
}

function leaveMessage(pbx: Pbx, channel: Channel, queue: string): void {
  change(channel, { context: 'vm', priority: 1 });
  channel.application = 'VoiceMail';
  const box = `${VOICEMAIL_BOXES[queue] ?? queue}@default`;
  channel.owner = {
    ended() {
      const messages = (pbx.voicemail.get(box) ?? 0) + 1;
      pbx.voicemail.set(box, messages);
      pbx.say('MessageWaiting', channel, { Mailbox: box, Waiting: 1, New: messages, Old: 0 });
      endDialplan(pbx, channel);
    },
  };
  pbx.onListening(channel, 'voicemail');
}

/** The end of a channel that runs the dialplan: the context `queues` has an `h` extension, the others have none. */
export function endDialplan(pbx: Pbx, channel: Channel): void {
  if (channel.gone) return;
  if (channel.redirected) {
    channel.redirected = false;
    runFromAgents(pbx, channel);
    return;
  }
  saySoftHangup(pbx, channel);
  // A stay that nobody has ended yet (the caller was parked, the talk transferred) ends with its caller.
  if (channel.visit?.caller === channel) channel.visit.complete('caller');
  if (channel.context !== 'queues') {
    hangUp(pbx, channel);
    return;
  }
  const queue = channel.exten;
  change(channel, { exten: 'h', priority: 1 });
  channel.owner = { ended: () => undefined };
  pbx.clock.after(0, () => {
    const steps = stepsOf(pbx);
    sayQueueResult(pbx, channel, queue, steps.resultAfterHangup);
    change(channel, { priority: steps.hangupOver });
    hangUp(pbx, channel);
  });
}
