import type { Role } from './user.ts';

/** GET /api/welcome, without a login: what the login page needs to know. `demoUsers` is empty unless the simulator serves. */
export interface Welcome {
  simulated: boolean;
  embeddedStore: boolean;
  demoUsers: { login: string; password: string; name: string; role: Role }[];
}
