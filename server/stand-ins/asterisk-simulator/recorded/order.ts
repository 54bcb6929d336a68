import type { NormalEvent } from './normal.ts';

/**
 * The order in which Asterisk's threads happen to speak varies from run to run; what a thread says keeps its order. Two events may stand in
 * either order when they are about different things, or when the recordings show both orders for them.
 */

/** Said by the device-state thread: in step with itself, and with nothing else. */
const STATES: ReadonlySet<string> = new Set([
  'QueueMemberStatus',
  'DeviceStateChange',
  'ExtensionStatus',
  'QueueMemberPause',
  'QueueMemberAdded',
  'QueueMemberRemoved',
  'QueueMemberPenalty',
  'QueueMemberRinginuse',
]);

/** An ending: the talkers' threads and the queue's listener race. */
const ENDING: ReadonlySet<string> = new Set([
  'AgentComplete',
  'BridgeLeave',
  'BridgeDestroy',
  'SoftHangupRequest',
  'Hangup',
]);

/** Both orders were recorded. */
const EITHER: readonly (readonly [string, string])[] = [
  // The phone's thread says its state, the dialling thread what it heard of it.
  ['Newstate', 'DialState'],
  ['DialState', 'DialState'],
  ['Newstate', 'AgentCalled'],
  ['Newstate', 'DialBegin'],
  ['OriginateResponse', 'Newstate'],
  ['OriginateResponse', 'DialEnd'],
  ['OriginateResponse', 'NewCallerid'],
  ['OriginateResponse', 'MixMonitorStart'],
  // The lot takes the channel in, and says so.
  ['ParkedCall', 'BridgeLeave'],
  ['ParkedCall', 'BridgeEnter'],
  ['ParkedCall', 'MusicOnHoldStart'],
  ['ParkedCallTimeOut', 'BridgeLeave'],
  // The called phone's refusal or the leg's end, against the queue's words about it.
  ['DialEnd', 'AgentRingNoAnswer'],
  ['NewConnectedLine', 'DialState'],
  ['NewConnectedLine', 'Newstate'],
  ['NewConnectedLine', 'AttendedTransfer'],
  ['NewConnectedLine', 'AgentComplete'],
];

function stateSubject(event: NormalEvent): string {
  const subject = /^(?:Queue|Device|Exten): .*$|^Interface: .*$/gm;
  return `${event.name} ${(event.text.match(subject) ?? []).join(' ')}`;
}

function isEither(a: NormalEvent, b: NormalEvent): boolean {
  return EITHER.some(
    ([one, two]) => (a.name === one && b.name === two) || (a.name === two && b.name === one),
  );
}

/** Whether the order of these two is Asterisk's promise, so that both streams must agree on it. */
export function isOrdered(a: NormalEvent, b: NormalEvent): boolean {
  if (STATES.has(a.name) || STATES.has(b.name))
    return STATES.has(a.name) && STATES.has(b.name) && stateSubject(a) === stateSubject(b);
  if (![...a.about].some((subject) => b.about.has(subject))) return false;
  if (ENDING.has(a.name) && ENDING.has(b.name)) {
    // A channel leaves its bridge, then asks for its end, then is gone.
    return a.uniqueid !== undefined &&
      a.uniqueid === b.uniqueid &&
      a.name !== 'AgentComplete' &&
      b.name !== 'AgentComplete'
      ? a.name === 'Hangup' || b.name === 'Hangup' || a.name === b.name
      : false;
  }
  return !isEither(a, b);
}
