export { type ActionFields, encodeAction } from './action.ts';
export { AmiDecoder } from './decoder.ts';
export { AmiError } from './error.ts';
export { AmiMessage } from './message.ts';
export { type AmiMetrics, createAmiMetrics } from './metrics.ts';
export type { AmiOptions, AmiSession, AmiState } from './options.ts';
export type { AmiReply, ReplyOptions } from './pending.ts';
export { decodeAll, type Recorded, readRecording } from './recording.ts';
export { createAmiSession } from './session.ts';
