import { escapeName } from './events.ts';
import type { Channel, ChannelState, ChannelVariable, Party, Shown } from './state.ts';

export const NOBODY: Party = { number: '', name: '' };

const STATE_TEXT: Record<ChannelState, string> = { 0: 'Down', 4: 'Ring', 5: 'Ringing', 6: 'Up' };

/** Changes what snapshots show, without saying so. */
export function change(channel: Channel, shown: Partial<Shown>): void {
  Object.assign(channel, shown);
  channel.snapshots.clear();
}

const shownOr = (text: string): string => (text === '' ? '<unknown>' : text);

/**
 * A channel's lines as they stand in every event that speaks of it.
 * @param prefix `Dest`, `Transferee`, …, or empty
 * @param variables what `channelvars` of manager.conf lists
 */
export function snapshot(channel: Channel, prefix: string, variables: readonly ChannelVariable[]): string {
  const known = channel.snapshots.get(prefix);
  if (known !== undefined) return known;
  const c = channel;
  const p = prefix;
  let text =
    `${p}Channel: ${c.name}\r\n${p}ChannelState: ${c.state}\r\n${p}ChannelStateDesc: ${STATE_TEXT[c.state]}\r\n` +
    `${p}CallerIDNum: ${shownOr(c.caller.number)}\r\n${p}CallerIDName: ${shownOr(escapeName(c.caller.name))}\r\n` +
    `${p}ConnectedLineNum: ${shownOr(c.connected.number)}\r\n${p}ConnectedLineName: ${shownOr(escapeName(c.connected.name))}\r\n` +
    `${p}Language: en\r\n${p}AccountCode: \r\n${p}Context: ${c.context}\r\n${p}Exten: ${c.exten}\r\n${p}Priority: ${c.priority}\r\n` +
    `${p}Uniqueid: ${c.uniqueid}\r\n${p}Linkedid: ${c.linkedid}\r\n`;
  text += variableLines(channel, `${p}ChanVariable`, variables);
  c.snapshots.set(prefix, text);
  return text;
}

const VALUE: Readonly<Record<ChannelVariable, (channel: Channel) => string>> = {
  CALLREF: ({ callref }) => callref,
  'CALLERID(pres)': presentationOf,
  MIXMONITOR_FILENAME: ({ recording }) => recording,
};

/** A line for each variable. @param header `ChanVariable`, `DestChanVariable`, `ChanVariable(<name>)` */
export function variableLines(
  channel: Channel,
  header: string,
  variables: readonly ChannelVariable[],
): string {
  let text = '';
  for (const name of variables) text += `${header}: ${name}=${VALUE[name](channel)}\r\n`;
  return text;
}

/** The network's wish whether the number may be shown. Only a Local channel begins without a caller id of any kind. */
function presentationOf({ caller, device }: Channel): string {
  if (caller.withheld === true) return 'prohib_not_screened';
  const none = caller.number === '' && caller.name === '' && device.startsWith('Local/');
  return none ? 'unavailable' : 'allowed_not_screened';
}
