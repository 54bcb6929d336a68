export { type Journal, openJournal } from './journal.ts';
export {
  createHeadReader,
  frame,
  hangupEvent,
  linkEvent,
  ownersEvent,
  snapshotEvent,
  stateEvent,
  stateFrames,
} from './segment.ts';
