import { deviceStateOf, extensionFields, sayDevice } from './device-state.ts';
import { lines } from './events.ts';
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
  if (phone?.bare === false) pbx.emit('ExtensionStatus', null, lines(extensionFields(phone, state)));
  sayDevice(pbx, device, state);
  for (const { queue, member } of memberOfDevice(pbx, device)) {
    sayMember(pbx, 'QueueMemberStatus', queue, member);
    queueAvailable(pbx, queue);
  }
}

/** A phone of the house, not registered yet. */
export function addPhone(pbx: Pbx, extension: string, name: string): Phone {
  const phone = newPhone(extension, name, false);
  pbx.phones.set(phone.device, phone);
  pbx.deviceState.set(phone.device, 'UNAVAILABLE');
  return phone;
}

/** A phone of a load run: it is always there, and has nothing but an address. */
export function addBarePhone(pbx: Pbx, extension: string): Phone {
  const phone = newPhone(extension, '', true);
  pbx.phones.set(phone.device, phone);
  pbx.deviceState.set(phone.device, 'NOT_INUSE');
  return phone;
}

function newPhone(extension: string, name: string, bare: boolean): Phone {
  const device = `PJSIP/${extension}`;
  return { extension, device, name, bare, registered: bare, onRing: () => undefined };
}

function sayPeer(pbx: Pbx, device: string, status: 'Reachable' | 'Unreachable'): void {
  pbx.emit('PeerStatus', null, lines({ ChannelType: 'PJSIP', Peer: device, PeerStatus: status }));
}

function sayContact(pbx: Pbx, { extension }: Phone, status: 'NonQualified' | 'Removed'): void {
  const fields = {
    URI: `sip:${extension}@127.0.0.1:5100`,
    ContactStatus: status,
    AOR: extension,
    EndpointName: extension,
    RoundtripUsec: 0,
  };
  pbx.emit('ContactStatus', null, lines(fields));
}

/** A phone registers: it can be rung from now on. */
export function registerPhone(pbx: Pbx, phone: Phone): void {
  phone.registered = true;
  sayPeer(pbx, phone.device, 'Reachable');
  sayContact(pbx, phone, 'NonQualified');
  lookAt(pbx, phone.device);
}

/** A phone's registration is over. A call that it has goes on: nobody knows better until somebody hangs up. */
export function unregisterPhone(pbx: Pbx, phone: Phone): void {
  phone.registered = false;
  sayPeer(pbx, phone.device, 'Unreachable');
  sayContact(pbx, phone, 'Removed');
  lookAt(pbx, phone.device);
}

/** What a starting exchange says of its devices: who can be reached, and the hints, whose devices it does not name yet. */
export function sayDevicesAtStart(pbx: Pbx): void {
  const reached = [...pbx.phones.values()].filter(({ registered }) => registered);
  for (const device of ['PJSIP/trunk', ...reached.map((phone) => phone.device)])
    sayPeer(pbx, device, 'Reachable');
  for (const phone of reached) if (!phone.bare) sayContact(pbx, phone, 'NonQualified');
  for (const phone of pbx.phones.values())
    if (!phone.bare)
      pbx.emit(
        'ExtensionStatus',
        null,
        lines({ ...extensionFields(phone, deviceStateOf(pbx, phone.device)), Hint: '' }),
      );
}
