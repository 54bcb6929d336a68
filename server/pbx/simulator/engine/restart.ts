import { deviceStateOf } from './device-state.ts';
import { canTakeCall } from './members.ts';
import { forgetParked } from './parking.ts';
import type { Member, Pbx, Queue } from './state.ts';

/**
 * `core restart now`: all calls are gone without a word, and so is what was only in memory: pauses, added members, changed penalties, counts.
 * Registrations and voicemail survive (astdb, files). Uniqueids never come again; names of channels do.
 */
export function restart(pbx: Pbx): void {
  pbx.startLife();
  for (const channel of pbx.channels.values()) {
    channel.gone = true;
    channel.bridge = null;
    channel.visit = null;
    channel.owner = { ended: () => undefined };
  }
  for (const each of [pbx.channels, pbx.byName, pbx.ofDevice, pbx.devicesToLookAt]) each.clear();
  forgetParked(pbx);
  pbx.deviceState.clear();
  for (const device of ['PJSIP/trunk', ...pbx.phones.keys()])
    pbx.deviceState.set(device, deviceStateOf(pbx, device));
  for (const queue of pbx.queues.values()) {
    reload(pbx, queue);
    // Said to nobody: who comes back asks.
    const free = [...queue.members.values()].some((member) => canTakeCall(pbx, queue, member));
    pbx.deviceState.set(`Queue:${queue.name}`, 'NOT_INUSE');
    pbx.deviceState.set(`Queue:${queue.name}_avail`, free ? 'NOT_INUSE' : 'INUSE');
  }
}

/** The queue as queues.conf has it. */
function reload(pbx: Pbx, queue: Queue): void {
  queue.waiting.length = 0;
  queue.next = 0;
  queue.completed = 0;
  queue.abandoned = 0;
  queue.holdSeconds = 0;
  queue.talkSeconds = 0;
  const members: Member[] = [...queue.members.values()].filter(({ membership }) => membership === 'static');
  queue.members.clear();
  for (const member of members)
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
}
