import type { Role } from '@ringdesk/shared/user';
import { type Action, may } from './policies.ts';

const roles: Role[] = ['agent', 'supervisor', 'manager', 'admin'];

test.each<[Action, Role[]]>([
  ['desk.use', roles],
  ['customers.read', roles],
  ['customers.write', roles],
  ['interactions.read', roles],
  ['customers.import', ['supervisor', 'manager', 'admin']],
  ['customers.export', ['supervisor', 'manager', 'admin']],
  ['interactions.list-all', ['supervisor', 'manager', 'admin']],
  ['users.read', ['supervisor', 'manager', 'admin']],
  ['users.write', ['admin']],
])('%s is for %j', (action, expected) => {
  expect(roles.filter((role) => may(role, action))).toEqual(expected);
});
