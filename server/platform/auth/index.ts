export type { KnownUser, NewUser } from './model.ts';
export { loginKey, mistakesOf, passwordMistakes, userOf } from './model.ts';
export { grantsOf, scopeOf } from './roles.ts';
export { createSessions, currentUser, requirePermission, type Sessions, signedIn } from './session.ts';
export { createThrottle } from './throttle.ts';
