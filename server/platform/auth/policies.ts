import type { Role } from '@ringdesk/shared/user';

/** What can be done, apart from where it is done. Everybody who is logged in has a desk, if a phone is theirs. */
export type Action =
  | 'desk.use'
  | 'customers.read'
  | 'customers.write'
  | 'customers.import'
  /** Carry many customers away at once. */
  | 'customers.export'
  | 'interactions.read'
  /** List contacts of all agents and customers, not only one's own or one customer's. */
  | 'interactions.list-all'
  | 'users.read'
  | 'users.write';

const agent: readonly Action[] = ['desk.use', 'customers.read', 'customers.write', 'interactions.read'];
const supervisor: readonly Action[] = [
  ...agent,
  'customers.import',
  'customers.export',
  'interactions.list-all',
  'users.read',
];

const allowed: Record<Role, ReadonlySet<Action>> = {
  agent: new Set(agent),
  supervisor: new Set(supervisor),
  manager: new Set(supervisor),
  admin: new Set([...supervisor, 'users.write']),
};

/** Who may do what; the only place that says so. */
export function may(role: Role, action: Action): boolean {
  return allowed[role].has(action);
}
