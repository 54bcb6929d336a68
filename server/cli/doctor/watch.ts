import type { CallEvent } from '@ringdesk/shared/call-events';
import type { PbxConfig } from '../../config/index.ts';
import type { AmiMessage } from '../../telephony/ami/index.ts';
import {
  applyEvent,
  applySnapshot,
  type CallModelOptions,
  createCallState,
  type PhoneReason,
  readEvent,
  readSnapshot,
  whosePhone,
} from '../../telephony/calls/index.ts';
import { eventClasses } from '../../telephony/link/index.ts';
import type { Finding } from './finding.ts';
import { withSession } from './session.ts';

const reasons: Readonly<Record<PhoneReason, string>> = {
  user: "it is the device of a user of Ringdesk's",
  'trunk-setting': 'PBX_TRUNKS names it as a line',
  'phone-setting': 'PBX_PHONES names it',
  member: "it is a queue's member, or the phone of one",
  line: 'the PBX itself logs in there',
  hint: 'the hint of an extension watches it',
  endpoint: 'it logs in to the PBX',
  twin: 'by its name it is the browser phone of an extension, which is a guess',
  dialled: 'it was dialled as a phone is, which is a guess',
  digits: 'its name looks like an extension, which is a guess',
  nothing: 'nobody says whose it is',
};

export interface Watching {
  /** What the calls do, in order, from those that are open now; and why a device is taken for a phone of ours, by what is known then. */
  onEvents(events: readonly CallEvent[], whyPhone: (device: string) => string): void;
  /** It listens now: the test call may be made. */
  onReady(): void;
  /** Ends the watching before a call was seen. */
  signal: AbortSignal;
}

/**
 * Follows the PBX by the same call model as the server does, until the next call that begins is over. Nothing is written.
 * @returns a finding when the PBX could not be listened to, else null
 */
export async function watchNextCall(
  pbx: PbxConfig,
  options: CallModelOptions,
  { onEvents, onReady, signal }: Watching,
): Promise<Finding | null> {
  const state = createCallState(options);
  const whyPhone = (device: string) => reasons[whosePhone(state, device).why];
  const begun = new Set<string>();
  const waiting: AmiMessage[] = [];
  let take: (message: AmiMessage) => void = (message) => waiting.push(message);
  const login = {
    user: pbx.eventsUser,
    secret: pbx.eventsSecret,
    events: eventClasses,
    onMessage: (message: AmiMessage) => take(message),
  };
  const found = await withSession(pbx, login, async ({ session }) => {
    const asked = ['CoreShowChannels', 'QueueStatus'] as const;
    const items = [];
    for (const action of asked) items.push(...(await session.action(action, {}, { list: true })).events);
    onEvents(applySnapshot(state, readSnapshot(items, Date.now())), whyPhone);
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve());
      take = (message) => {
        const event = readEvent(message, Date.now());
        const said = event === null ? [] : applyEvent(state, event);
        onEvents(said, whyPhone);
        if (endsTheCall(begun, said)) resolve();
      };
      for (const message of waiting.splice(0)) take(message);
      onReady();
    });
    return null;
  });
  return found;
}

/** Whether a call is over that began while we listened. A call that another one took up lives on in it. */
function endsTheCall(begun: Set<string>, said: readonly CallEvent[]): boolean {
  let over = false;
  for (const event of said) {
    if (event.type === 'call.started') begun.add(event.callId);
    if (event.type === 'call.merged' && begun.has(event.from)) begun.add(event.callId);
    if (event.type === 'interaction.ended') over ||= begun.has(event.callId);
  }
  return over;
}
