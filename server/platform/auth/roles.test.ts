import type { Permission, Scope } from '@ringdesk/shared/permission';
import { permissions, scopesFor } from '@ringdesk/shared/permission';
import { role } from '@ringdesk/shared/user';
import { agentsWithin, exceeds, grantsOf, may, scopeFilter, scopeOf, usersWithin } from './roles.ts';

const people = ['agent', 'supervisor', 'manager', 'admin'] as const;
const everybody = [...people, 'integration'] as const;
const leaders = ['supervisor', 'manager', 'admin'] as const;

/** The whole table once more, the other way round: a permission that is new, or given to somebody new, is written down twice. */
const expected: Record<Permission, Partial<Record<Scope, readonly string[]>>> = {
  'desk.use': { own: people },
  'desk.dial-abroad': { all: leaders },
  'customers.read': { all: everybody },
  'customers.write': { all: everybody },
  'interactions.read': { own: ['agent'], all: [...leaders, 'integration'] },
  'customers.import': { all: leaders },
  'customers.export': { all: leaders },
  'reports.read': { all: [...leaders, 'integration'] },
  'audit.read': { all: ['admin'] },
  'users.read': { all: leaders },
  'users.write': { all: ['admin'] },
  'settings.write': { all: ['admin'] },
  'tokens.manage': { all: ['admin'] },
  'tasks.use': { own: ['agent'], all: leaders },
  'jobs.manage': { all: ['admin'] },
};

test.each(permissions.map((permission) => [permission]))('%s', (permission) => {
  const holders: Partial<Record<Scope, string[]>> = {};
  for (const name of role.options) {
    const scope = scopeOf({ role: name }, permission);
    expect(may({ role: name }, permission)).toBe(scope !== null);
    if (scope === null) continue;
    expect(scopesFor(permission)).toContain(scope);
    holders[scope] = [...(holders[scope] ?? []), name];
  }
  expect(holders).toEqual(expected[permission]);
});

test('every role can do something; a role that is no more, nothing', () => {
  for (const name of role.options) expect(Object.keys(grantsOf({ role: name })).length).toBeGreaterThan(0);
  expect(grantsOf({ role: 'gone' })).toEqual({});
});

test('what a role of the house says holds, whatever it is called', () => {
  const holder = { role: 'admin', grants: { 'audit.read': 'all' } } as const;
  expect([may(holder, 'audit.read'), may(holder, 'users.write')]).toEqual([true, false]);
});

test('a scope becomes a filter: one`s own, one`s teams`, or none', () => {
  const member = (reach: Scope | null, agent: string | null = '1001') => ({
    id: 'anna',
    login: 'anna',
    name: 'Anna',
    role: 'own',
    agent,
    device: null,
    locale: null,
    grants: reach === null ? {} : { 'interactions.read': reach, 'tasks.use': reach },
    team: { users: ['anna', 'boris'], agents: ['1001', '1002'] },
  });
  const filterFor = (reach: Scope | null, agent?: string | null) =>
    scopeFilter(agentsWithin(member(reach, agent), 'interactions.read'), 'agents');
  expect(filterFor('all')).toEqual({});
  expect(filterFor('team')).toEqual({ agents: { $in: ['1001', '1002'] } });
  expect(filterFor('own')).toEqual({ agents: { $in: ['1001'] } });
  expect(filterFor('own', null)).toEqual({ agents: { $in: [] } });
  expect(filterFor(null)).toEqual({ agents: { $in: [] } });
  expect(usersWithin(member('team'), 'tasks.use')).toEqual(['anna', 'boris']);
});

test('nobody gives what they have not, nor farther than they reach', () => {
  expect(exceeds({ 'tasks.use': 'own' }, { 'tasks.use': 'team' })).toBe(false);
  expect(exceeds({ 'tasks.use': 'all' }, { 'tasks.use': 'team' })).toBe(true);
  expect(exceeds({ 'audit.read': 'all' }, {})).toBe(true);
  expect(exceeds({}, {})).toBe(false);
});
