import { change } from './channel.ts';
import { hasExtension } from './dialplan.ts';
import type { Channel, Pbx } from './state.ts';

/** The action Hangup: no request is said, the channel's owner lets it go. @param cause null: the channel's own */
export function hangUpByAction(channel: Channel, cause: number | null): void {
  if (cause !== null) channel.cause = cause;
  channel.owner.ended(channel);
}

/**
 * The action Redirect, for a channel that runs the dialplan: it leaves what it is in and goes on elsewhere. A queue that it talked through hears of
 * no end: that stay is over when the channel is gone.
 * @returns false when it cannot
 */
export function redirect(pbx: Pbx, channel: Channel, to: { context: string; exten: string }): boolean {
  if (!channel.runsDialplan || !hasExtension(pbx, to.exten)) return false;
  channel.owner.interrupted?.();
  change(channel, { ...to, priority: 1 });
  channel.redirected = true;
  channel.owner.ended(channel);
  return true;
}
