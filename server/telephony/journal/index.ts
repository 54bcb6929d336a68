export { type Journal, openJournal } from './journal.ts';
export { frame, hangupEvent, linkEvent, snapshotEvent, stateEvent } from './segment.ts';
