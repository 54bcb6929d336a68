import { hasExtension } from './dialplan.ts';
import type { Channel, Pbx } from './state.ts';

/** The action Hangup: no request is said, the channel's owner lets it go. @param cause null: the channel's own */
export function hangUpByAction(channel: Channel, cause: number | null): void {
  if (cause !== null) channel.cause = cause;
  channel.owner.ended(channel);
}

/** The action Redirect, for a channel that runs the dialplan: it leaves what it is in and goes on elsewhere. @returns false when it cannot */
export function redirect(pbx: Pbx, channel: Channel, exten: string): boolean {
  if (!channel.runsDialplan || !hasExtension(pbx, exten)) return false;
  channel.redirectTo = exten;
  channel.owner.ended(channel);
  return true;
}
