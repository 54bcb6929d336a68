import { sayDevicesAtStart } from './device.ts';
import { deviceStateOf, sayDevice } from './device-state.ts';
import { lines } from './events.ts';
import { dropMember } from './members.ts';
import { forgetParked } from './parking.ts';
import type { Member, Pbx, Queue } from './state.ts';

/**
 * `core restart now`: all calls are gone without a word, and so is what was only in memory: pauses, added members, changed penalties, counts.
 * Registrations and voicemail survive (astdb, files). Uniqueids never come again; names of channels do. A crash looks the same on AMI. The
 * exchange is up again with `boot`.
 */
export function restart(pbx: Pbx): void {
  pbx.startLife();
  pbx.booted = false;
  for (const channel of pbx.channels.values()) {
    channel.gone = true;
    channel.bridge = null;
    channel.visit = null;
    channel.owner = { ended: () => undefined };
  }
  const { channels, byName, bridges, ofDevice, devicesToLookAt } = pbx;
  for (const each of [channels, byName, bridges, ofDevice, devicesToLookAt]) each.clear();
  forgetParked(pbx);
  pbx.deviceState.clear();
  for (const device of ['PJSIP/trunk', ...pbx.phones.keys()])
    pbx.deviceState.set(device, deviceStateOf(pbx, device));
  for (const queue of pbx.queues.values()) {
    reload(pbx, queue);
    pbx.deviceState.set(`Queue:${queue.name}`, 'NOT_INUSE');
  }
}

/**
 * The end of a start, as a client hears it that logged in early: AMI listens before the other modules are up. FullyBooted comes last. The lamps
 * `Queue:<name>_avail` say INUSE whoever is free: the queues are up before they have asked for the state of any phone.
 */
export function boot(pbx: Pbx): void {
  sayDevicesAtStart(pbx);
  for (const [box, messages] of pbx.voicemail) {
    const counts = { Mailbox: box, Waiting: messages > 0 ? 1 : 0, New: messages, Old: 0 };
    pbx.emit('MessageWaiting', null, lines(counts));
  }
  for (const queue of pbx.queues.values()) {
    sayDevice(pbx, `Queue:${queue.name}_avail`, 'INUSE');
    for (const member of queue.members.values())
      sayDevice(pbx, `Queue:${queue.name}_pause_${member.interface}`, 'NOT_INUSE');
  }
  pbx.booted = true;
  const uptime = Math.floor((pbx.clock.now() - pbx.startedAt) / 1000);
  pbx.emit('FullyBooted', null, lines({ Status: 'Fully Booted', Uptime: uptime, LastReload: uptime }));
}

/** The queue as queues.conf has it. */
function reload(pbx: Pbx, queue: Queue): void {
  queue.waiting.length = 0;
  queue.completed = 0;
  queue.abandoned = 0;
  queue.holdSeconds = 0;
  queue.talkSeconds = 0;
  const members: Member[] = [...queue.members.values()];
  for (const member of members) if (member.membership === 'dynamic') dropMember(queue, member);
  for (const member of [...queue.members.values()])
    queue.members.set(member.interface, {
      ...member,
      penalty: member.configuredPenalty,
      callsTaken: 0,
      lastCall: 0,
      lastPause: 0,
      loginTime: Math.floor(pbx.clock.now() / 1000),
      inCall: false,
      paused: false,
      pausedReason: '',
      ringInUse: false,
    });
  queue.next = 0;
}
