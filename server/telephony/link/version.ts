import { AmiError, type AmiSession } from '../ami/index.ts';

/** Which Asterisk speaks. What the call model reads came with Asterisk 12 (AMI 2.0); 16 is the oldest that it was tried with. */

const firstUsableAmi = 2;
const firstUsable = 12;
const oldestTried = 16;

export type PbxAge =
  | { kind: 'fine' }
  /** It says what is needed, but nobody tried it. */
  | { kind: 'untried'; message: string }
  /** Its events are others: no call would ever be seen. */
  | { kind: 'too-old'; message: string };

/**
 * @param banner the greeting, e.g. `Asterisk Call Manager/11.0.0`: the version of AMI
 * @param asterisk CoreSettings' AsteriskVersion, e.g. `22.4.1`, `certified/18.9-cert5`, `GIT-20-abc`; null when it was not told
 */
export function pbxAge(banner: string, asterisk: string | null): PbxAge {
  const ami = /\/(\d+)(\.\d+)*/.exec(banner);
  const major = /^(?:[A-Za-z]+[/-])*?(\d+)(?=[.-]|$)/.exec(asterisk ?? '')?.[1];
  const age = major === undefined ? null : Number(major);
  const name = asterisk === null ? `This Asterisk (${banner.trim()})` : `Asterisk ${asterisk}`;
  if ((age !== null && age < firstUsable) || (ami !== null && Number(ami[1]) < firstUsableAmi)) {
    const speaks = ami === null ? '' : ` (AMI ${ami[0].slice(1)})`;
    return {
      kind: 'too-old',
      message: `${name}${asterisk === null ? '' : speaks} is too old: it sends no events that Ringdesk understands, so no call would be seen. Asterisk ${oldestTried} or newer is needed.`,
    };
  }
  if (age !== null && age < oldestTried)
    return {
      kind: 'untried',
      message: `${name} is older than ${oldestTried}, the oldest with which Ringdesk was tried: compare its records with queue_log before you trust them.`,
    };
  return { kind: 'fine' };
}

/** CoreSettings' AsteriskVersion; null when this user may not ask, or the link fails meanwhile. */
export async function asteriskVersion(session: Pick<AmiSession, 'action'>): Promise<string | null> {
  try {
    const { response } = await session.action('CoreSettings');
    return response.get('AsteriskVersion') || null;
  } catch (error) {
    if (error instanceof AmiError) return null;
    throw error;
  }
}
