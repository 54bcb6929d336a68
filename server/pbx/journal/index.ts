export { type Journal, openJournal } from './journal.ts';
export { frame, linkEvent, snapshotEvent, stateEvent } from './segment.ts';
