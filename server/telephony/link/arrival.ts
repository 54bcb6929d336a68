import { AmiMessage } from '../ami/index.ts';
import { timestampMs } from '../calls/index.ts';

/**
 * Asterisk times its events only with `timestampevents = yes` (manager.conf; off in its sample). An event without a time gets that of its arrival, so
 * that the journal, and whoever replays it, knows what was known.
 * @param at ms since 1970, by the PBX's clock
 */
export function timed(message: AmiMessage, at: number): AmiMessage {
  if (isTimed(message) || message.event === 'FullyBooted') return message;
  // A time that is none is taken out, so that nobody reads it first.
  const text = message.text.replace(/^Timestamp:.*\r\n/gim, '');
  return AmiMessage.fromText(`${text}Timestamp: ${(at / 1000).toFixed(6)}\r\nTimed-by: arrival`);
}

/** Whether Asterisk, or `timed`, said when it happened. */
export function isTimed(message: Pick<AmiMessage, 'get'>): boolean {
  return timestampMs(message.get('Timestamp')) !== null;
}

/** For the log and for health; the desk has words of its own. */
export const noTimestamps =
  'Asterisk does not send the time of its events, so the time of their arrival is taken: durations are off by the delay of the network, and a burst is told as one moment. Set timestampevents = yes in [general] of manager.conf, then "manager reload".';
