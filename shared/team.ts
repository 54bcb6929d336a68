import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { grants, permission, scopesFor } from './permission.ts';
import { plainText } from './plain-text.ts';

const name = z.string().overwrite(plainText).trim().min(1).max(100);
const id = z.string().min(1).max(100);
const one = z.object({ id });
/** The version that was read: a change of anything else is refused. */
const basedOn = { basedOn: z.int().min(1) };

/** A team. The scope `team` of a permission reaches all people of the teams that one is in. Both lists are ids of users. */
export const teamInput = z.object({
  name,
  members: z.array(id).max(1000),
  supervisors: z.array(id).max(100),
});
export type TeamInput = z.infer<typeof teamInput>;
export const team = teamInput.extend({ id, version: z.int() }).meta({ id: 'Team' });
export type Team = z.infer<typeof team>;

/** Permissions, each with a scope that it can have. */
export const permissionGrants = grants.refine(
  (given) =>
    permission.options.every((one) => {
      const scope = given[one];
      return scope === undefined || scopesFor(one).includes(scope);
    }),
  'a permission does not reach so',
);

/** A role of the house's own, made of permissions. */
export const roleInput = z.object({ name, grants: permissionGrants });
export type RoleInput = z.infer<typeof roleInput>;
/** The built-in ones cannot be changed (version 0); the page has names for them. */
export const houseRole = z
  .object({ id, name: z.string(), grants, version: z.int(), builtIn: z.boolean() })
  .meta({ id: 'Role' });
export type HouseRole = z.infer<typeof houseRole>;

const teamExample = { name: 'Sales', members: [], supervisors: [] };
const roleExample = { name: 'Auditor', grants: { 'audit.read': 'all' } };

export const teamsApi = {
  list: endpoint({
    id: 'teams.list',
    method: 'GET',
    path: '/teams',
    permission: 'users.read',
    summary: 'Lists the teams, by name.',
    answer: z.object({ teams: z.array(team) }),
  }),
  create: endpoint({
    id: 'teams.create',
    method: 'POST',
    path: '/teams',
    permission: 'users.write',
    summary: 'Creates a team.',
    body: teamInput,
    answer: team,
    status: 201,
    example: teamExample,
  }),
  replace: endpoint({
    id: 'teams.replace',
    method: 'PUT',
    path: '/teams/:id',
    permission: 'users.write',
    summary: 'Replaces a team as it was read (`basedOn` is its version).',
    params: one,
    body: teamInput.extend(basedOn),
    answer: team,
    example: { ...teamExample, basedOn: 1 },
  }),
  remove: endpoint({
    id: 'teams.remove',
    method: 'DELETE',
    path: '/teams/:id',
    permission: 'users.write',
    summary: 'Removes a team; its people stay.',
    params: one,
  }),
};

export const rolesApi = {
  list: endpoint({
    id: 'roles.list',
    method: 'GET',
    path: '/roles',
    permission: 'users.read',
    summary: 'Lists the roles, the built-in ones first.',
    answer: z.object({ roles: z.array(houseRole) }),
  }),
  create: endpoint({
    id: 'roles.create',
    method: 'POST',
    path: '/roles',
    permission: 'users.write',
    summary: 'Makes a role of the house’s own. Nobody gives what they have not.',
    body: roleInput,
    answer: houseRole,
    status: 201,
    example: roleExample,
  }),
  replace: endpoint({
    id: 'roles.replace',
    method: 'PUT',
    path: '/roles/:id',
    permission: 'users.write',
    summary: 'Replaces an own role as it was read; it holds at once for all who have it.',
    params: one,
    body: roleInput.extend(basedOn),
    answer: houseRole,
    example: { ...roleExample, basedOn: 1 },
  }),
  remove: endpoint({
    id: 'roles.remove',
    method: 'DELETE',
    path: '/roles/:id',
    permission: 'users.write',
    summary: 'Removes an own role that nobody has.',
    params: one,
  }),
};
