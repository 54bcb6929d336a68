import type { CallParty, DeviceState } from '@ringdesk/shared/call-events';
import type { EndedBy, EntryOutcome, InteractionOutcome, LegOutcome } from '@ringdesk/shared/interaction';

/** Plain words for what the records hold as codes. */

export const endedByWords: Readonly<Record<EndedBy, string>> = {
  caller: 'the caller hung up',
  agent: 'the agent hung up',
  system: 'the PBX ended it',
  transfer: 'the caller was handed on',
  unknown: 'who hung up is not known',
};

export const entryWords: Readonly<Record<Exclude<EntryOutcome, 'answered'>, string>> = {
  abandoned: 'the caller gave up',
  'short-abandoned': 'the caller gave up almost at once',
  timeout: 'the wait was over its limit, or the dialplan went on',
  empty: 'the queue has nobody to ring',
  full: 'the queue is full',
  key: 'the caller pressed a key',
  callback: 'the caller asks to be called back',
  redirected: 'the call was taken elsewhere',
  withdrawn: 'the call was taken out of the queue',
  refused: 'the agent was asked to accept the call and did not',
  unknown: 'why is not known',
};

export const legWords: Readonly<Record<Exclude<LegOutcome, 'answered'>, string>> = {
  missed: 'rang in vain',
  busy: 'is busy',
  declined: 'declined',
  elsewhere: 'stops ringing: the call was taken elsewhere',
  'caller-left': 'stops ringing: the caller is gone',
  unreachable: 'cannot be reached',
};

export const callWords: Readonly<Record<InteractionOutcome, string>> = {
  answered: 'answered',
  abandoned: 'not answered, the caller gave up',
  'short-abandoned': 'not answered, the caller gave up almost at once',
  'flowed-out': 'not answered, and it went on elsewhere',
  voicemail: 'a voicemail was left',
  callback: 'to be called back',
  busy: 'busy',
  'no-answer': 'not answered',
  failed: 'it came to nothing',
};

export const stateWords: Readonly<Record<DeviceState, string>> = {
  idle: 'is free',
  ringing: 'rings',
  'in-use': 'is on a call',
  busy: 'is busy',
  'on-hold': 'is on hold',
  unavailable: 'is not registered',
  unknown: 'is in a state that nobody tells',
};

/** `+79161234567 "Anna"`, or why there is no number. */
export function numberWords({ number, numberRaw, presentation, name }: CallParty): string {
  const called = name === null ? '' : ` ("${name}")`;
  if (presentation === 'withheld') return 'a number that is withheld';
  const shown = number ?? numberRaw;
  return shown === null ? `a number that the line does not tell${called}` : `${shown}${called}`;
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
