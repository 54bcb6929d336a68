import { lines } from './events.ts';
import type { Channel, Pbx, Phone } from './state.ts';

/** Device states in Asterisk's words, with the number that queue members show and the one that hints show. */
const STATES: Readonly<Record<string, { member: number; hint: number; text: string }>> = {
  NOT_INUSE: { member: 1, hint: 0, text: 'Idle' },
  INUSE: { member: 2, hint: 1, text: 'InUse' },
  UNAVAILABLE: { member: 5, hint: 4, text: 'Unavailable' },
  RINGING: { member: 6, hint: 8, text: 'Ringing' },
  RINGINUSE: { member: 7, hint: 9, text: 'InUse&Ringing' },
  ONHOLD: { member: 8, hint: 16, text: 'Hold' },
  INVALID: { member: 4, hint: 4, text: 'Unavailable' },
};

function stateOfChannels(channels: Iterable<Channel>): string | null {
  let inUse = false;
  let ringing = false;
  let all = 0;
  let held = 0;
  for (const { state, held: isHeld } of channels) {
    if (state === 0) continue;
    all++;
    if (isHeld) held++;
    if (state === 5) ringing = true;
    else inUse = true;
  }
  if (all === 0) return null;
  if (held === all) return 'ONHOLD';
  if (ringing) return inUse ? 'RINGINUSE' : 'RINGING';
  return 'INUSE';
}

/** The state that the channels of a device add up to. */
export function deviceStateOf(pbx: Pbx, device: string): string {
  const busy = stateOfChannels(pbx.ofDevice.get(device) ?? []);
  if (busy !== null) return busy;
  const phone = pbx.phones.get(device);
  if (phone !== undefined) return phone.registered ? 'NOT_INUSE' : 'UNAVAILABLE';
  return device.startsWith('PJSIP/trunk') || device.startsWith('Local/') ? 'NOT_INUSE' : 'INVALID';
}

/** The number which queue members show for a device. */
export function memberStatusOf(pbx: Pbx, device: string): number {
  return STATES[deviceStateOf(pbx, device)]?.member ?? 0;
}

/** The number for the state that was said last, which is what the queue itself goes by. */
export function saidMemberStatus(pbx: Pbx, device: string): number {
  return STATES[pbx.deviceState.get(device) ?? deviceStateOf(pbx, device)]?.member ?? 0;
}

export function extensionFields(phone: Phone, state: string): Record<string, string | number> {
  const { hint, text } = STATES[state] ?? { hint: 4, text: 'Unavailable' };
  return { Exten: phone.extension, Context: 'hints', Hint: phone.device, Status: hint, StatusText: text };
}

export function sayDevice(pbx: Pbx, device: string, state: string): void {
  if (pbx.deviceState.get(device) === state) return;
  pbx.deviceState.set(device, state);
  pbx.emit('DeviceStateChange', null, lines({ Device: device, State: state }));
}
