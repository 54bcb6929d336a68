import { cancelAttendedTransfer, startAttendedTransfer } from '../engine/attended-transfer.ts';
import { blindTransfer } from '../engine/blind-transfer.ts';
import { hangUpByAction, redirect } from '../engine/control.ts';
import { originate } from '../engine/originate.ts';
import { park } from '../engine/parking.ts';
import type { Party } from '../engine/state.ts';
import { type ActionContext, type ActionKind, namedChannel } from './action.ts';

const CALL = ['call', 'all'];
const NO_CHANNEL = 'Channel specified does not exist';

function hangup(context: ActionContext): void {
  const channel = namedChannel(context, 'No such channel');
  if (channel === null) return;
  hangUpByAction(channel, Number(context.action.get('Cause') ?? 0) || null);
  context.reply.success('Channel Hungup');
}

function transferBlindly(context: ActionContext): void {
  const { pbx, action, reply } = context;
  const channel = namedChannel(context, NO_CHANNEL);
  if (channel === null) return;
  const exten = action.get('Exten');
  if (exten === null) reply.error('No extension specified');
  else if (blindTransfer(pbx, channel, exten)) reply.success('Transfer succeeded');
  else reply.error('Transfer invalid');
}

/** Asterisk answers as soon as the keys are queued: that the transfer cannot work shows only in what does not follow. */
function transferAttended(context: ActionContext): void {
  const { pbx, action, reply } = context;
  const channel = namedChannel(context, NO_CHANNEL);
  if (channel === null) return;
  const exten = action.get('Exten');
  if (exten === null) {
    reply.error('No extension specified');
    return;
  }
  startAttendedTransfer(pbx, channel, exten);
  reply.success('Atxfer successfully queued');
}

function cancelTransfer(context: ActionContext): void {
  const channel = namedChannel(context, NO_CHANNEL);
  if (channel === null) return;
  cancelAttendedTransfer(context.pbx, channel);
  context.reply.success('CancelAtxfer successfully queued');
}

function redirectCall(context: ActionContext): void {
  const { pbx, action, reply } = context;
  const name = action.get('Channel') ?? '';
  const channel = namedChannel(context, `Channel does not exist: ${name}`);
  if (channel === null) return;
  const exten = action.get('Exten');
  const to = action.get('Context') ?? channel.context;
  if (exten !== null && redirect(pbx, channel, { context: to, exten })) reply.success('Redirect successful');
  else reply.error('Redirect failed');
}

const PARKING_MS = 45_000;

function parkCall(context: ActionContext): void {
  const { pbx, action, reply } = context;
  const name = action.get('Channel');
  if (name === null) {
    reply.error('Channel not specified');
    return;
  }
  const channel = namedChannel(context, `Channel does not exist: ${name}`);
  if (channel === null) return;
  const timeoutMs = Math.max(0, Number(action.get('Timeout') ?? 0)) || PARKING_MS;
  const saySlot = action.get('AnnounceChannel') !== null;
  // Asterisk ends this line with a line feed of its own.
  if (park(pbx, channel, { timeoutMs, saySlot })) reply.success('Park successful\n');
  else reply.error('Park failed\n');
}

/** `"Name" <number>`, `<number>`, or a number. */
function readCallerId(text: string | null): Party | null {
  if (text === null) return null;
  const [, quoted, bare, bracketed] = /^\s*(?:"([^"]*)"|([^<]*?))\s*(?:<([^>]*)>)?\s*$/.exec(text) ?? [];
  if (bracketed !== undefined) return { name: quoted ?? bare ?? '', number: bracketed };
  const number = quoted ?? bare ?? '';
  return { name: '', number };
}

function readVariables(values: string[]): Map<string, string> {
  const variables = new Map<string, string>();
  for (const line of values)
    for (const one of line.split(',')) {
      const equals = one.indexOf('=');
      if (equals > 0) variables.set(one.slice(0, equals).replace(/^_+/, ''), one.slice(equals + 1));
    }
  return variables;
}

function startOriginate({ pbx, action, reply }: ActionContext): void {
  const channel = action.get('Channel');
  const exten = action.get('Exten');
  const application = action.get('Application');
  if (channel === null || (exten === null && application === null)) {
    reply.error(
      channel === null ? 'Channel not specified' : 'Originate requires either application or extension',
    );
    return;
  }
  const uniqueid = action.get('ChannelId');
  if (uniqueid !== null && pbx.channels.has(uniqueid)) {
    reply.error('Channel ID already in use');
    return;
  }
  reply.success('Originate successfully queued');
  const wish = {
    device: channel,
    context: action.get('Context') ?? 'from-agents',
    // An application would run on a channel that is answered; here it is for a Local channel that leads nowhere.
    exten: exten ?? '',
    actionId: action.id,
    uniqueid,
    otherUniqueid: action.get('OtherChannelId'),
    caller: readCallerId(action.get('CallerID')),
    timeoutMs: Number(action.get('Timeout') ?? 30_000) || 30_000,
    variables: readVariables(action.all('Variable')),
  };
  pbx.clock.after(0, () => originate(pbx, wish));
}

export const CALL_ACTIONS: readonly ActionKind[] = [
  { name: 'Atxfer', synopsis: 'Attended transfer.', classes: CALL, run: transferAttended },
  {
    name: 'BlindTransfer',
    synopsis: 'Blind transfer channel(s) to the given destination',
    classes: CALL,
    run: transferBlindly,
  },
  { name: 'CancelAtxfer', synopsis: 'Cancel an attended transfer.', classes: CALL, run: cancelTransfer },
  { name: 'Hangup', synopsis: 'Hangup channel.', classes: ['system', 'call', 'all'], run: hangup },
  { name: 'Originate', synopsis: 'Originate a call.', classes: ['originate', 'all'], run: startOriginate },
  { name: 'Park', synopsis: 'Park a channel.', classes: CALL, run: parkCall },
  { name: 'Redirect', synopsis: 'Redirect (transfer) a call.', classes: CALL, run: redirectCall },
  {
    name: 'Setvar',
    synopsis: 'Sets a channel variable or function value.',
    classes: CALL,
    run: (context) => {
      const name = context.action.get('Variable');
      const channel = name === null ? null : namedChannel(context, 'No such channel');
      if (name === null) context.reply.error('No variable specified');
      else if (channel !== null) {
        channel.variables.set(name, context.action.get('Value') ?? '');
        context.reply.success('Variable Set');
      }
    },
  },
  {
    name: 'Getvar',
    synopsis: 'Gets a channel variable or function value.',
    classes: ['call', 'reporting', 'all'],
    run: (context) => {
      const name = context.action.get('Variable');
      const channel = name === null ? null : namedChannel(context, 'No such channel');
      if (name === null) context.reply.error('No variable specified');
      else if (channel !== null) {
        const value = name === 'CALLREF' ? channel.callref : (channel.variables.get(name) ?? '');
        context.reply.fields({ Variable: name, Value: value });
      }
    },
  },
];
