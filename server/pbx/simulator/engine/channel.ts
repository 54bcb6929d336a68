import { escapeName } from './events.ts';
import type { Channel, ChannelState, Party, Shown } from './state.ts';

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
 * @param presentation whether channelvars lists CALLERID(pres) too, as the shipped manager.conf does
 */
export function snapshot(channel: Channel, prefix: string, presentation: boolean): string {
  const known = channel.snapshots.get(prefix);
  if (known !== undefined) return known;
  const c = channel;
  const p = prefix;
  let text =
    `${p}Channel: ${c.name}\r\n${p}ChannelState: ${c.state}\r\n${p}ChannelStateDesc: ${STATE_TEXT[c.state]}\r\n` +
    `${p}CallerIDNum: ${shownOr(c.caller.number)}\r\n${p}CallerIDName: ${shownOr(escapeName(c.caller.name))}\r\n` +
    `${p}ConnectedLineNum: ${shownOr(c.connected.number)}\r\n${p}ConnectedLineName: ${shownOr(escapeName(c.connected.name))}\r\n` +
    `${p}Language: en\r\n${p}AccountCode: \r\n${p}Context: ${c.context}\r\n${p}Exten: ${c.exten}\r\n${p}Priority: ${c.priority}\r\n` +
    `${p}Uniqueid: ${c.uniqueid}\r\n${p}Linkedid: ${c.linkedid}\r\n${p}ChanVariable: CALLREF=${c.callref}\r\n`;
  if (presentation) text += `${p}ChanVariable: CALLERID(pres)=${presentationOf(c.caller)}\r\n`;
  c.snapshots.set(prefix, text);
  return text;
}

/** The value of CALLERID(pres): the network's wish whether the number may be shown. */
export function presentationOf(party: Party): string {
  if (party.withheld === true) return 'prohib_not_screened';
  return party.number === '' && party.name === '' ? 'unavailable' : 'allowed_not_screened';
}
