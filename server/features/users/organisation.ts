import { permission } from '@ringdesk/shared/permission';
import {
  type HouseRole,
  type RoleInput,
  roleInput,
  rolesApi,
  type TeamInput,
  teamInput,
  teamsApi,
} from '@ringdesk/shared/team';
import { role } from '@ringdesk/shared/user';
import { implement, type Route } from '../../platform/api/index.ts';
import { exceeds, grantsOf, type Member } from '../../platform/auth/index.ts';
import { Refusal } from '../../platform/errors.ts';
import { Register, type Registered } from '../../platform/register/index.ts';
import type { Store } from '../../platform/store/index.ts';

/** Collections whose documents carry events. */
export const organisationSources = ['teams', 'roles'];

/** The teams of the house. */
export const createTeams = (store: Store) =>
  new Register<TeamInput>({ store, collection: 'teams', kind: 'team', schema: teamInput });

/** The house's own roles. */
export const createHouseRoles = (store: Store) =>
  new Register<RoleInput>({
    store,
    collection: 'roles',
    kind: 'role',
    schema: roleInput,
    told: ({ name, grants }) => ({
      name,
      grants: permission.options.flatMap((one) =>
        grants[one] === undefined ? [] : [`${one} ${grants[one]}`],
      ),
    }),
  });

export interface OrganisationOptions {
  teams: Register<TeamInput>;
  houseRoles: Register<RoleInput>;
  /** All users: a role that somebody has stays, and a team is made of people who are there. */
  users(): Promise<readonly { id: string; role: string }[]>;
  /** What memory knows of users is read again. */
  forget(): void;
}

/** Teams and own roles, as an administrator keeps them. */
export function organisationRoutes(options: OrganisationOptions): Route[] {
  return [...teamRoutes(options), ...roleRoutes(options)];
}

function teamRoutes({ teams, users, forget }: OrganisationOptions): Route[] {
  async function checked(team: TeamInput): Promise<TeamInput> {
    const known = new Set((await users()).map(({ id }) => id));
    const fields = (['members', 'supervisors'] as const).flatMap((list) =>
      team[list].every((id) => known.has(id)) ? [] : [{ path: list, message: 'names nobody who works here' }],
    );
    if (fields.length > 0) throw new Refusal('bad-input', 'A team is made of users: see fields.', { fields });
    return { ...team, members: [...new Set(team.members)], supervisors: [...new Set(team.supervisors)] };
  }

  return [
    implement(teamsApi.list, async () => ({
      teams: (await teams.list()).sort((one, other) => one.name.localeCompare(other.name)),
    })),
    implement(teamsApi.create, async ({ body }) => {
      const made = await teams.create(await checked(body));
      forget();
      return made;
    }),
    implement(teamsApi.replace, async ({ params: { id }, body: { basedOn, ...team } }) => {
      if ((await teams.get(id)) === null) throw new Refusal('not-found', `There is no team ${id}.`);
      const changed = await teams.replace(id, await checked(team), basedOn);
      forget();
      return changed;
    }),
    implement(teamsApi.remove, async ({ params: { id } }) => {
      await teams.remove(id);
      forget();
    }),
  ];
}

function roleRoutes({ houseRoles, users, forget }: OrganisationOptions): Route[] {
  return [
    implement(rolesApi.list, async () => ({
      roles: [...builtIn, ...(await houseRoles.list()).map(shown).sort(byName)],
    })),
    implement(rolesApi.create, async ({ body, user }) => {
      mayGive(user, body);
      const made = await houseRoles.create(body);
      forget();
      return shown(made);
    }),
    implement(rolesApi.replace, async ({ params: { id }, body: { basedOn, ...given }, user }) => {
      if ((await houseRoles.get(id)) === null) throw new Refusal('not-found', `There is no own role ${id}.`);
      // Else nobody might be left who could undo it.
      if (user.role === id)
        throw new Refusal('conflict', 'Nobody changes the own role: another administrator does.');
      mayGive(user, given);
      const changed = await houseRoles.replace(id, given, basedOn);
      forget();
      return shown(changed);
    }),
    implement(rolesApi.remove, async ({ params: { id } }) => {
      if ((await users()).some((one) => one.role === id))
        throw new Refusal('conflict', 'Somebody has this role: give them another one first.');
      await houseRoles.remove(id);
      forget();
    }),
  ];
}

const builtIn: readonly HouseRole[] = role.options.map((name) => ({
  id: name,
  name,
  grants: grantsOf({ role: name }),
  version: 0,
  builtIn: true,
}));

const shown = (own: Registered<RoleInput>): HouseRole => ({ ...own, builtIn: false });
const byName = (one: HouseRole, other: HouseRole) => one.name.localeCompare(other.name);

/** @throws Refusal `forbidden` */
function mayGive(user: Member, { grants }: RoleInput): void {
  if (exceeds(grants, grantsOf(user)))
    throw new Refusal('forbidden', 'A role cannot hold more than you may yourself.');
}

/** What a role says, built in or own. @throws Refusal `bad-input`: there is no such role, `forbidden`: it holds more than the giver may */
export async function checkGivenRole(
  { houseRoles }: Pick<OrganisationOptions, 'houseRoles'>,
  giver: Member,
  name: string,
): Promise<void> {
  const own = (await houseRoles.list()).find(({ id }) => id === name);
  if (own === undefined && !role.safeParse(name).success)
    throw new Refusal('bad-input', 'There is no such role.', {
      fields: [{ path: 'role', message: 'is no role' }],
    });
  if (exceeds(own?.grants ?? grantsOf({ role: name }), grantsOf(giver)))
    throw new Refusal('forbidden', 'Nobody gives a role that holds more than their own.');
}
