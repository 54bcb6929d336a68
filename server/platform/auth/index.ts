export type { KnownUser, NewUser } from './model.ts';
export { loginKey, mistakesOf, passwordMistakes, userOf } from './model.ts';
export { may } from './policies.ts';
export { loginRoutes } from './routes.ts';
export { createSessions, currentUser, requireMay } from './session.ts';
