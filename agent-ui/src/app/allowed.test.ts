import type { Permission } from '@ringdesk/shared/permission';
import type { Feature } from '../platform/feature.ts';
import { allowedFeatures, landingOf } from './allowed.ts';

const page = () => Promise.reject(new Error('not shown here'));
const title = () => '';
const calls: Feature = {
  id: 'calls',
  permission: 'desk.use',
  landing: { path: '/calls', weight: 100 },
  routes: [{ path: '/calls', page, title }],
};
const people: Feature = {
  id: 'people',
  permission: 'customers.read',
  landing: { path: '/people', weight: 10 },
  routes: [
    { path: '/people', page, title },
    { path: '/bring-in', page, title, permission: 'customers.import' },
  ],
};
const all = [people, calls];
const holding =
  (...held: Permission[]) =>
  (permission: Permission) =>
    held.includes(permission);
const pathsOf = (features: Feature[]) =>
  features.flatMap(({ routes = [] }) => routes.map(({ path }) => path));

test('what somebody may not use is absent, as a feature and as a part of one', () => {
  expect(pathsOf(allowedFeatures(all, holding('customers.read')))).toEqual(['/people']);
  expect(pathsOf(allowedFeatures(all, holding('customers.read', 'customers.import', 'desk.use')))).toEqual([
    '/people',
    '/bring-in',
    '/calls',
  ]);
});

test('a part of a feature that is not allowed is of no use', () => {
  expect(allowedFeatures(all, holding('customers.import'))).toEqual([]);
});

test('everybody lands on the weightiest page of theirs, whatever the order of the list', () => {
  expect(landingOf(allowedFeatures(all, holding('customers.read', 'desk.use')))).toBe('/calls');
  expect(landingOf(allowedFeatures(all, holding('customers.read')))).toBe('/people');
  expect(landingOf([])).toBeNull();
});
