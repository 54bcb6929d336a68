export type { DeskDeps } from './deps.ts';
export { createDesk, type Desk } from './desk.ts';
export { agentsAmong, depsFrom, earsOf, takingCallsAtOnce } from './in-house.ts';
export type { DeskAgent, WrapUpRecord } from './state.ts';
