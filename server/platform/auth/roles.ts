import { type Grants, type Permission, permission, type Scope, scope } from '@ringdesk/shared/permission';
import { type Role, role, type User } from '@ringdesk/shared/user';

const agent: Grants = {
  'desk.use': 'own',
  'customers.read': 'all',
  'customers.write': 'all',
  'interactions.read': 'own',
  'tasks.use': 'own',
};
const supervisor: Grants = {
  ...agent,
  'desk.dial-abroad': 'all',
  'customers.import': 'all',
  'customers.export': 'all',
  'interactions.read': 'all',
  'tasks.use': 'all',
  'users.read': 'all',
  'reports.read': 'all',
};

/** Who may do what, and how far: the only place that says so of the built-in roles. */
const table: Record<Role, Grants> = {
  agent,
  supervisor,
  manager: supervisor,
  admin: {
    ...supervisor,
    'users.write': 'all',
    'settings.write': 'all',
    'tokens.manage': 'all',
    'jobs.manage': 'all',
    'audit.read': 'all',
  },
  integration: {
    'customers.read': 'all',
    'customers.write': 'all',
    'interactions.read': 'all',
    'reports.read': 'all',
  },
};

/** A user with what the own role and the teams say; without them the built-in role says it. */
export interface Member extends User {
  /** Of a role of the house's own, or of a token. */
  grants?: Grants;
  /** A program with a token. */
  isToken?: true;
  /** The people of the teams that the user is in, as a member or as a supervisor: by their ids, and by their ids in calls. */
  team?: { users: readonly string[]; agents: readonly string[] };
}
type Holder = Pick<Member, 'role' | 'grants'>;

/** What somebody may do; nothing at all in a role that is no more. */
export function grantsOf({ role: name, grants }: Holder): Grants {
  if (grants !== undefined) return grants;
  const builtIn = role.safeParse(name);
  return builtIn.success ? table[builtIn.data] : {};
}

export function may(holder: Holder, one: Permission): boolean {
  return scopeOf(holder, one) !== null;
}

/** How far a permission reaches for somebody; null: not at all. */
export function scopeOf(holder: Holder, one: Permission): Scope | null {
  return grantsOf(holder)[one] ?? null;
}

/** Whose work somebody may see by a permission: that of these users, by their ids, or of all. */
export function usersWithin(member: Member, one: Permission): 'all' | readonly string[] {
  return within(scopeOf(member, one), [member.id], member.team?.users ?? []);
}

/** The same by the ids in calls. */
export function agentsWithin(member: Member, one: Permission): 'all' | readonly string[] {
  const own = member.agent === null ? [] : [member.agent];
  return within(scopeOf(member, one), own, member.team?.agents ?? []);
}

function within(
  reach: Scope | null,
  own: readonly string[],
  team: readonly string[],
): 'all' | readonly string[] {
  if (reach === 'all') return 'all';
  if (reach === null) return [];
  return reach === 'own' ? own : [...new Set([...own, ...team])];
}

/**
 * A scope as a filter in the store.
 * @param people from `usersWithin` or `agentsWithin`
 * @param field the field that holds such an id, or a list of them
 */
export function scopeFilter(
  people: 'all' | readonly string[],
  field: string,
): Record<string, { $in: string[] }> {
  return people === 'all' ? {} : { [field]: { $in: [...people] } };
}

/** Whether grants hold anything, or reach farther, than others do: nobody gives what they have not. */
export function exceeds(given: Grants, own: Grants): boolean {
  const reach = (of: Grants, one: Permission) => {
    const at = of[one];
    return at === undefined ? -1 : scope.options.indexOf(at);
  };
  return permission.options.some((one) => reach(given, one) > reach(own, one));
}
