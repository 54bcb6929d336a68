export { callOptions } from './call-options.ts';
export { createLink, type Link, type LinkState } from './link.ts';
export { recoverCalls, rereadEnded } from './recovery.ts';
export { endOfRecording, replayFile } from './replay.ts';
