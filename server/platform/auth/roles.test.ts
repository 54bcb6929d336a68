import type { Permission, Scope } from '@ringdesk/shared/permission';
import { permissions } from '@ringdesk/shared/permission';
import { role } from '@ringdesk/shared/user';
import { grantsOf, may, scopeOf } from './roles.ts';

const own = { own: ['agent', 'supervisor', 'manager', 'admin'] } as const;
const all = { all: ['agent', 'supervisor', 'manager', 'admin'] } as const;
const leaders = { all: ['supervisor', 'manager', 'admin'] } as const;

/** The whole table once more, the other way round: a permission that is new, or given to somebody new, is written down twice. */
const expected: Record<Permission, Partial<Record<Scope, readonly string[]>>> = {
  'desk.use': own,
  'customers.read': all,
  'customers.write': all,
  'interactions.read': { own: ['agent'], ...leaders },
  'customers.import': leaders,
  'customers.export': leaders,
  'audit.read': { all: ['admin'] },
  'users.read': leaders,
  'users.write': { all: ['admin'] },
  'tasks.use': { own: ['agent'], ...leaders },
  'jobs.manage': { all: ['admin'] },
};

test.each(permissions.map((permission) => [permission]))('%s', (permission) => {
  const holders: Partial<Record<Scope, string[]>> = {};
  for (const name of role.options) {
    const scope = scopeOf(name, permission);
    expect(may(name, permission)).toBe(scope !== null);
    if (scope !== null) holders[scope] = [...(holders[scope] ?? []), name];
  }
  expect(holders).toEqual(expected[permission]);
});

test('every role can do something', () => {
  for (const name of role.options) expect(Object.keys(grantsOf(name)).length).toBeGreaterThan(0);
});
