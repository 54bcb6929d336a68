import type { Channel, Pbx } from './state.ts';

/** The action Hangup: no request is said, the channel's owner lets it go. */
export function hangUpByAction(_pbx: Pbx, channel: Channel, cause: number): void {
  channel.cause = cause;
  channel.owner.ended(channel);
}
