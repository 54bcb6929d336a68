import type { CallEvent } from '@ringdesk/shared/call-events';
import type { AmiMessage } from '../ami/index.ts';
import {
  applyEvent,
  applySnapshot,
  askedToHangUp,
  type CallState,
  linkDown,
  ownersFrom,
  readEvent,
  readSnapshot,
} from '../calls/index.ts';
import { hangupEvent, linkEvent, ownersEvent, snapshotEvent, stateEvent } from '../journal/index.ts';

/**
 * Feeds the call model with messages in the order of a journal: live events, and ours among them (the link went down, the items of a
 * snapshot). Live and replayed calls go through this one function, so that a replay is what was lived.
 */
export function createFeed(
  state: CallState,
): (message: AmiMessage, arrivedAt?: number | null) => CallEvent[] {
  /** The items of the snapshot that is being read; null outside of one. */
  let snapshot: AmiMessage[] | null = null;

  return function feed(message, arrivedAt = null): CallEvent[] {
    switch (message.event) {
      case stateEvent:
        return [];
      case linkEvent:
        if (message.get('Link') === 'down') linkDown(state, Number(message.get('At')));
        return [];
      case hangupEvent:
        return askedToHangUp(state, message.get('Channel') ?? '', Number(message.get('At')));
      case ownersEvent:
        return applyEvent(state, {
          type: 'Owners',
          at: Number(message.get('At')),
          owners: ownersFrom(message.get('Owners') ?? ''),
        });
      case snapshotEvent: {
        if (message.get('Part') === 'begin') {
          snapshot = [];
          return [];
        }
        const items = snapshot ?? [];
        snapshot = null;
        return applySnapshot(state, readSnapshot(items, Number(message.get('At'))));
      }
      default: {
        if (snapshot !== null) {
          snapshot.push(message);
          return [];
        }
        const event = readEvent(message, arrivedAt);
        return event === null ? [] : applyEvent(state, event);
      }
    }
  };
}
