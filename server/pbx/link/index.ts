export { createLink, type Link, type LinkState } from './link.ts';
export { recoverCalls, rereadEnded } from './recovery.ts';
