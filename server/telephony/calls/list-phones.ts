import type { CallState } from './state.ts';
import { judge, type PhoneVerdict } from './whose-phone.ts';

/** A device of the site as the call model sees it. */
export interface ListedDevice extends PhoneVerdict {
  device: string;
  /** The user who has it by the users' list has the agent's id; else it is the best guess, and no desk may have it. */
  isUsers: boolean;
  /** What is unsure about it; null when nothing is. */
  doubt: 'guess' | 'no-user' | 'unknown' | null;
}

/** All devices of which anything was heard, with whose they are and why; phones first, by agent. Members' Local interfaces are among them. */
export function listPhones(state: CallState): ListedDevice[] {
  const { phoneFacts, devices, phones } = state.data;
  const names = new Set([
    ...phoneFacts.owners.keys(),
    ...[...phoneFacts.hints.values()].flat(),
    ...phoneFacts.endpoints.keys(),
    ...phoneFacts.seen.keys(),
    ...state.phoneIndex.members.keys(),
    ...devices.keys(),
    ...phones.keys(),
  ]);
  return [...names]
    .filter((device) => device.includes('/'))
    .map((device) => listed(state, device))
    .sort(phonesFirst);
}

function listed(state: CallState, device: string): ListedDevice {
  const verdict = judge(state, device);
  const isUsers = verdict.agent !== null && state.phoneIndex.agents.has(verdict.agent);
  return { device, ...verdict, isUsers, doubt: doubtOf(verdict, isUsers) };
}

function doubtOf({ agent, why, sure }: PhoneVerdict, isUsers: boolean): ListedDevice['doubt'] {
  if (why === 'nothing') return 'unknown';
  if (agent === null) return null;
  if (!sure) return 'guess';
  return isUsers ? null : 'no-user';
}

function phonesFirst(a: ListedDevice, b: ListedDevice): number {
  if ((a.agent === null) !== (b.agent === null)) return a.agent === null ? 1 : -1;
  const key = ({ agent, device }: ListedDevice) => `${agent ?? ''} ${device}`;
  return key(a).localeCompare(key(b), 'en', { numeric: true });
}
