import { deviceStateOf, extensionFields, sayDevice } from './device-state.ts';
import { type EventName, lines } from './events.ts';
import { memberOfDevice, queueAvailable, sayMember } from './members.ts';
import type { Pbx, Phone } from './state.ts';

/**
 * A device may have changed. As in Asterisk the look at it comes a little later, so that a state which lasts no time (a call that is refused at
 * once) is never said.
 */
export function deviceChanged(pbx: Pbx, device: string): void {
  if (pbx.devicesToLookAt.has(device)) return;
  pbx.devicesToLookAt.add(device);
  pbx.clock.after(0, () => {
    pbx.devicesToLookAt.delete(device);
    lookAt(pbx, device);
  });
}

/** Says a device's state when it changed: the hint, the device, and each queue that it is a member of. */
function lookAt(pbx: Pbx, device: string): void {
  const state = deviceStateOf(pbx, device);
  if (pbx.deviceState.get(device) === state) return;
  const phone = pbx.phones.get(device);
  if (phone !== undefined) pbx.emit('ExtensionStatus', null, lines(extensionFields(phone, state)));
  sayDevice(pbx, device, state);
  for (const { queue, member } of memberOfDevice(pbx, device)) {
    sayMember(pbx, 'QueueMemberStatus', queue, member);
    queueAvailable(pbx, queue);
  }
}

/** A phone of the house, not registered yet. */
export function addPhone(pbx: Pbx, extension: string, name: string): Phone {
  const device = `PJSIP/${extension}`;
  const phone: Phone = { extension, device, name, registered: false, onRing: () => undefined };
  pbx.phones.set(device, phone);
  pbx.deviceState.set(device, 'UNAVAILABLE');
  return phone;
}

/** A phone registers: it can be rung from now on. */
export function registerPhone(pbx: Pbx, phone: Phone): void {
  phone.registered = true;
  const say = (name: EventName, fields: Record<string, string | number>) =>
    pbx.emit(name, null, lines(fields));
  say('PeerStatus', { ChannelType: 'PJSIP', Peer: phone.device, PeerStatus: 'Reachable' });
  say('ContactStatus', {
    URI: `sip:${phone.extension}@127.0.0.1:5100`,
    ContactStatus: 'NonQualified',
    AOR: phone.extension,
    EndpointName: phone.extension,
    RoundtripUsec: 0,
  });
  lookAt(pbx, phone.device);
}
