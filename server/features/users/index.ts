import type { Actor } from '@ringdesk/shared/event';
import { role, type User } from '@ringdesk/shared/user';
import type { Route } from '../../platform/api/index.ts';
import { type KnownUser, type Member, may, type NewUser } from '../../platform/auth/index.ts';
import type { Feature } from '../../platform/feature.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Store } from '../../platform/store/index.ts';
import {
  checkGivenRole,
  createHouseRoles,
  createTeams,
  organisationRoutes,
  organisationSources,
} from './organisation.ts';
import type { VerifyTurn } from './password-line.ts';
import { type LoginRoutesOptions, loginRoutes } from './session-routes.ts';
import { createStaff, type Staff } from './staff.ts';
import { type StaffRoutesOptions, staffRoutes } from './staff-routes.ts';
import { createUserStore, type UserChange } from './store.ts';

export type { NewUser } from '../../platform/auth/index.ts';
export { obey, type UserCommand } from './commands.ts';

/** The people who work here. All of it throws Refusal; `store-unavailable` while the database is away and memory does not help. */
export interface Users {
  /** Lets the demo's users in, for as long as this process runs. Without it they are as good as disabled: everybody knows their password. */
  allowDemo(): void;
  createUser(user: NewUser): Promise<User>;
  setPassword(login: string, password: string): Promise<KnownUser>;
  setDisabled(login: string, disabled: boolean): Promise<void>;
  changeUser(login: string, change: UserChange): Promise<void>;
  remove(login: string): Promise<void>;
  list(): Promise<(User & { disabled: boolean })[]>;
  find(id: string): Promise<KnownUser | null>;
  verify(login: string, password: string, turn?: VerifyTurn): Promise<KnownUser | null>;
  /** Users as an administrator keeps them. */
  readonly staff: Staff;
  /** Teams and own roles. */
  readonly organisation: readonly Route[];
  /** The name of a role of the house's own; null for a built-in one. */
  roleName(role: string): Promise<string | null>;
  /** @throws Refusal `bad-input`: there is no such role, `forbidden`: it holds more than the giver's own */
  mayGiveRole(giver: Member, role: string): Promise<void>;
  /** Names by the agent's id in calls; never fails. */
  agentNames(): Promise<ReadonlyMap<string, string>>;
  /** Who an agent is, by the id in calls; never fails. */
  actorOf(agent: string): Promise<Actor>;
}

/** @param options.elapsed the monotonic clock, ms */
export function createUsers(options: { store: Store; now?: () => Date; elapsed?: () => number }): Users {
  const { store, now = () => new Date(), elapsed = () => performance.now() } = options;
  const [teams, houseRoles] = [createTeams(store), createHouseRoles(store)];
  const users = createUserStore({ store, now, elapsed, teams, houseRoles });
  const forget = () => users.forget();
  const roleName = async (id: string) =>
    role.safeParse(id).success ? null : ((await houseRoles.get(id))?.name ?? null);
  return {
    ...users,
    staff: createStaff({ store, users, now }),
    roleName,
    mayGiveRole: (giver, name) => checkGivenRole({ houseRoles }, giver, name),
    organisation: organisationRoutes({ teams, houseRoles, users: users.list, forget }),
  };
}

/** The people who work here: how they get in, and what an administrator does with them. */
export function usersFeature(
  options: Pick<Platform, 'sessions' | 'secret' | 'audit' | 'log' | 'metrics'> &
    Pick<StaffRoutesOptions, 'phones'> &
    Pick<LoginRoutesOptions, 'onLogin'> & { users: Users },
): Feature {
  const { users } = options;
  return {
    sources: ['users', ...organisationSources],
    routes: [
      ...loginRoutes({ ...options, ...users }),
      ...staffRoutes({ ...options, ...users }),
      ...users.organisation,
    ],
    history: { user: (user) => may(user, 'users.read') },
  };
}
