export { isTimed, noTimestamps } from './arrival.ts';
export { askPhones } from './ask-phones.ts';
export { callOptions, type PbxSettings } from './call-options.ts';
export { createLink, eventClasses, type Link, type LinkState, type LinkWarning } from './link.ts';
export { createNumberReaders } from './number-rules.ts';
export { ownersOf } from './owners.ts';
export { recoverCalls, rereadEnded } from './recovery.ts';
export { endOfRecording, replayFile } from './replay.ts';
export { asteriskVersion, pbxAge } from './version.ts';
