import type { Random } from '../../../server/stand-ins/asterisk-simulator/random.ts';
import type { AmiProbe, Lab } from '../lab.ts';
import type { Kind } from './plan.ts';

/** A house that the mix plays in: who sits there, and what its callers do. */
export interface House {
  name: string;
  kinds: readonly Kind[];
  /** Gives it its phones and queue members, and lets agents transfer now and then. */
  seat(lab: Lab, ami: AmiProbe, random: Random): Promise<void>;
}
