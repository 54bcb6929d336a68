import { randomInt } from 'node:crypto';
import { Refusal } from '../../platform/errors.ts';
import { type ActionFields, AmiError } from '../ami/index.ts';
import { type DialSettings, targetOf } from './target.ts';

export { type DialRefusal, type DialRules, dialRefusal } from './dial-rules.ts';
export type { DialSettings } from './target.ts';

export interface ControlSettings extends DialSettings {
  /** The dialplan context in which agents' phones dial. */
  agentContext: string;
  /** How long an agent's own phone rings for a call that was asked for on the page, ms. */
  ringMs?: number;
}

export interface ControlOptions {
  /** The session that acts; `AmiSession` fits. */
  actions: {
    action(name: string, fields?: ActionFields, options?: { timeoutMs?: number }): Promise<unknown>;
  };
  settings: ControlSettings;
  /** ms since the epoch. */
  now?: () => number;
}

/**
 * What can be asked of one PBX. Each action resolves when Asterisk has taken it, and what comes of it is told by events.
 * All throw Refusal: `pbx-refused` with Asterisk's words, `pbx-unavailable` when there was no answer, `bad-input`. Nothing is sent twice.
 */
export interface Control {
  /** Rings the agent's own phone, and when it is taken, dials. @returns the Uniqueid of the agent's channel */
  dial(call: { device: string; agent: string; number: string }): Promise<string>;
  /** Hangs up one channel; a phone that rings stops ringing. */
  hangUp(channel: string): Promise<void>;
  /** Sends whoever talks with the owner of `channel` to `to`: an extension, a number, or a queue's name. */
  blindTransfer(channel: string, to: string): Promise<void>;
  /** The other side holds while the owner of `channel` asks `to`. */
  attendedTransfer(channel: string, to: string): Promise<void>;
  /** Leaves the two others with each other: the one who asked hangs up (features.conf, attended transfer). */
  completeAttended(channel: string): Promise<void>;
  /** Back to the one who holds. */
  cancelAttended(channel: string): Promise<void>;
  /** @param queue null: in all queues of the device. */
  pause(device: string, paused: boolean, reason: string, queue?: string | null): Promise<void>;
}

/** An agent waits for it with a customer on the line. */
const answerWithinMs = 5000;

/** The control of one PBX. An action waits 5 s for its answer. */
export function createControl(options: ControlOptions): Control {
  const { actions, settings, now = Date.now } = options;

  async function send(name: string, fields: ActionFields): Promise<void> {
    try {
      await actions.action(name, fields, { timeoutMs: answerWithinMs });
    } catch (error) {
      throw refusalOf(name, error);
    }
  }

  async function transfer(action: 'BlindTransfer' | 'Atxfer', channel: string, to: string): Promise<void> {
    const { exten } = targetOf(to, settings);
    await send(action, { Channel: channel, Context: settings.agentContext, Exten: exten });
  }

  return {
    async dial({ device, agent, number }) {
      const { exten, kind } = targetOf(number, settings);
      const channelId = `ringdesk-${Math.floor(now() / 1000)}.${randomInt(1_000_000_000)}`;
      // The agent's phone shows who is being called; a colleague's has to show who calls.
      const shown = kind === 'outside' ? exten.slice(settings.outboundPrefix.length) : agent;
      await send('Originate', {
        Channel: device,
        Context: settings.agentContext,
        Exten: exten,
        Priority: '1',
        Timeout: String(settings.ringMs ?? 20_000),
        CallerID: `<${shown}>`,
        Async: 'true',
        ChannelId: channelId,
        Variable: [`RINGDESK_AGENT=${agent}`],
      });
      return channelId;
    },
    hangUp: (channel) => send('Hangup', { Channel: channel, Cause: '16' }),
    blindTransfer: (channel, to) => transfer('BlindTransfer', channel, to),
    attendedTransfer: (channel, to) => transfer('Atxfer', channel, to),
    completeAttended: (channel) => send('Hangup', { Channel: channel, Cause: '16' }),
    cancelAttended: (channel) => send('CancelAtxfer', { Channel: channel }),
    pause: (device, paused, reason, queue = null) =>
      send('QueuePause', {
        Interface: device,
        Paused: paused ? 'true' : 'false',
        ...(reason === '' ? {} : { Reason: reason }),
        ...(queue === null ? {} : { Queue: queue }),
      }),
  };
}

function refusalOf(action: string, error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof AmiError && error.code === 'refused') {
    const words = error.response?.get('Message')?.trim() ?? 'no reason given';
    return new Refusal('pbx-refused', `Asterisk refused ${action}: ${words}`, { cause: error });
  }
  if (error instanceof AmiError && error.code === 'invalid')
    return new Refusal('bad-input', `${action} was not sent: ${error.message}`, { cause: error });
  return new Refusal(
    'pbx-unavailable',
    `Asterisk did not answer ${action}, so whether it was done is not known. Look at the phone, and try again when the link is back.`,
    { cause: error },
  );
}
