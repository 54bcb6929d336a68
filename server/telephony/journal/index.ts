export { type Journal, openJournal } from './journal.ts';
export { frame, hangupEvent, linkEvent, ownersEvent, snapshotEvent, stateEvent } from './segment.ts';
