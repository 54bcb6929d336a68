import type { RoleInput, TeamInput } from '@ringdesk/shared/team';
import type { KnownUser } from '../../platform/auth/index.ts';

/** Users with what the roles of the house and their teams say, by id. */
export function membersOf(
  users: readonly KnownUser[],
  roles: readonly (RoleInput & { id: string })[],
  teams: readonly TeamInput[],
): ReadonlyMap<string, KnownUser> {
  const agentOf = new Map(users.map(({ id, agent }) => [id, agent]));
  const grantsOf = new Map(roles.map(({ id, grants }) => [id, grants]));
  return new Map(
    users.map((user) => {
      const grants = grantsOf.get(user.role);
      const own = teams.filter((team) => [...team.members, ...team.supervisors].includes(user.id));
      const people = [...new Set(own.flatMap(({ members, supervisors }) => [...members, ...supervisors]))];
      const team = { users: people, agents: people.flatMap((id) => agentOf.get(id) ?? []) };
      return [
        user.id,
        { ...user, ...(grants === undefined ? {} : { grants }), ...(own.length === 0 ? {} : { team }) },
      ];
    }),
  );
}
