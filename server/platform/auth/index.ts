export { cookieOf, createDevices, deviceCookieAgeMs } from './device.ts';
export { type Attempt, createGuessing } from './guessing.ts';
export { hashPassword, isPassword } from './hashing.ts';
export type { FieldMistake, KnownUser, NewUser } from './model.ts';
export { loginKey, mistakesOf, seatMistakes, userOf } from './model.ts';
export { passwordMistakes } from './passwords.ts';
export {
  agentsWithin,
  exceeds,
  grantsOf,
  type Member,
  may,
  scopeFilter,
  scopeOf,
  usersWithin,
} from './roles.ts';
export { createSessions, currentUser, requirePermission, type Sessions, signedIn } from './session.ts';
export { bearerOf, Tokens, tokensName } from './tokens.ts';
