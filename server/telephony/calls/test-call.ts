/**
 * The call that `ringdesk doctor` makes to hear whether events arrive: two halves of a Local channel that leads nowhere. They are no call of
 * anybody's, and a Ringdesk that listens to the same PBX passes them over.
 */
export const testCall = {
  /** Uniqueids of its channels begin so (Originate: ChannelId, OtherChannelId). */
  prefix: 'ringdesk-doctor-',
  channel: 'Local/ringdesk-doctor@ringdesk-doctor',
} as const;

export function isTestChannel(uniqueid: string): boolean {
  return uniqueid.startsWith(testCall.prefix);
}
