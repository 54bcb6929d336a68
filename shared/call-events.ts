import type {
  Direction,
  EndedBy,
  Interaction,
  LegOutcome,
  Presentation,
  QueueEntry,
  Transfer,
} from './interaction.ts';

/**
 * What the call model says happened, in the words of a contact centre. Times (`at`) are ISO 8601 UTC with milliseconds, taken from
 * Asterisk's Timestamp. `callId` is the interaction's id, stable for the whole call. A call that is merged into another one (attended
 * transfer) says so with `call.merged`; all that follows carries the surviving id.
 */
export type CallEvent =
  | { type: 'call.started'; at: string; callId: string; party: CallParty }
  /** The outside party became known, or changed (a late caller id, a transfer that swaps the caller). */
  | { type: 'call.party'; at: string; callId: string; party: CallParty }
  /** The outside party that we called took the call. Until then the agent's leg, though answered, hears it ring. Outbound calls only. */
  | { type: 'call.answered'; at: string; callId: string }
  | { type: 'call.merged'; at: string; callId: string; from: string }
  | { type: 'queue.joined'; at: string; callId: string; entry: QueueEntry }
  | { type: 'queue.left'; at: string; callId: string; entry: QueueEntry }
  | { type: 'leg.offered'; at: string; callId: string; leg: LegRef }
  | { type: 'leg.answered'; at: string; callId: string; leg: LegRef }
  | { type: 'leg.held'; at: string; callId: string; leg: LegRef }
  | { type: 'leg.resumed'; at: string; callId: string; leg: LegRef }
  | {
      type: 'leg.ended';
      at: string;
      callId: string;
      leg: LegRef;
      outcome: LegOutcome;
      endedBy: EndedBy | null;
    }
  | { type: 'call.transferred'; at: string; callId: string; transfer: Transfer }
  /** The final record. May be said again with the same id (replay after a restart): writing it is idempotent. */
  | { type: 'interaction.ended'; at: string; callId: string; interaction: Interaction }
  | { type: 'member.changed'; at: string; member: QueueMember }
  | { type: 'member.removed'; at: string; queue: string; device: string; agent: string }
  /** `agent`: whose phone it is now; null when it turned out to be nobody's. */
  | { type: 'device.changed'; at: string; device: string; state: DeviceState; agent: string | null };

export interface CallParty {
  direction: Direction;
  number: string | null;
  numberRaw: string | null;
  presentation: Presentation;
  name: string | null;
  did: string | null;
}

/** One leg of an agent, with the channel on which actions (hang up, transfer) are done. `index` is its place in `interaction.legs`. */
export interface LegRef {
  index: number;
  agent: string;
  device: string;
  queue: string | null;
  /** The agent's own channel, e.g. `PJSIP/1001-0000002a`; null when it is not known (yet). */
  channel: string | null;
  uniqueid: string | null;
  consultation: boolean;
}

export type DeviceState = 'idle' | 'ringing' | 'in-use' | 'busy' | 'on-hold' | 'unavailable' | 'unknown';

export interface QueueMember {
  queue: string;
  device: string;
  name: string;
  paused: boolean;
  pausedReason: string | null;
  penalty: number;
  state: DeviceState;
  /** Whose member it is: the user's id in calls, else the best that the interface tells. */
  agent: string;
}
