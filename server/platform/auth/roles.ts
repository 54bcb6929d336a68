import type { Grants, Permission, Scope } from '@ringdesk/shared/permission';
import type { Role } from '@ringdesk/shared/user';

const agent: Grants = {
  'desk.use': 'own',
  'customers.read': 'all',
  'customers.write': 'all',
  'interactions.read': 'own',
  'tasks.use': 'own',
};
const supervisor: Grants = {
  ...agent,
  'customers.import': 'all',
  'customers.export': 'all',
  'interactions.read': 'all',
  'tasks.use': 'all',
  'users.read': 'all',
};

/** Who may do what, and how far: the only place that says so. */
const table: Record<Role, Grants> = {
  agent,
  supervisor,
  manager: supervisor,
  admin: { ...supervisor, 'users.write': 'all', 'jobs.manage': 'all', 'audit.read': 'all' },
};

export function grantsOf(role: Role): Grants {
  return table[role];
}

export function may(role: Role, permission: Permission): boolean {
  return table[role][permission] !== undefined;
}

/** How far a permission reaches for this role; null: not at all. Becomes a filter in the store. */
export function scopeOf(role: Role, permission: Permission): Scope | null {
  return table[role][permission] ?? null;
}
