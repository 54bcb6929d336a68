import type { AmiMessage, AmiSession } from '../ami/index.ts';
import { type CallState, whosePhone } from '../calls/index.ts';
import { askPhones } from './ask-phones.ts';
import { bridgeList } from './bridge-list.ts';

/** How long a PBX may take over each list, ms. */
const snapshotMs = 10_000;

/** When the PBX was started, in its own words (Asterisk: CoreStatus, whole seconds): another answer tells a restart. @throws AmiError */
export async function askStart(reader: AmiSession): Promise<string> {
  const { response } = await reader.action('CoreStatus', {}, { timeoutMs: snapshotMs });
  return `${response.get('CoreStartupDate')} ${response.get('CoreStartupTime')}`;
}

/** The PBX's clock, ms since the epoch (Asterisk: AMI action Ping, Timestamp); null when the answer has none. @throws AmiError */
export async function askClock(reader: AmiSession): Promise<number | null> {
  const { response } = await reader.action('Ping', {}, { timeoutMs: snapshotMs });
  const seconds = Number(response.get('Timestamp'));
  return seconds > 0 ? seconds * 1000 : null;
}

/** Channels, bridges, phones and queues as the PBX has them now, in this order. @throws AmiError when one of the lists does not come */
export async function askSnapshot(reader: AmiSession, calls: CallState): Promise<AmiMessage[]> {
  const channels = await reader.action('CoreShowChannels', {}, { timeoutMs: snapshotMs });
  const bridges = await bridgeList(reader, snapshotMs);
  const phones = await askPhones(reader, (device) => whosePhone(calls, device).sure);
  const queues = await reader.action('QueueStatus', {}, { timeoutMs: snapshotMs });
  return [...channels.events, ...bridges, ...phones, ...queues.events];
}
