import { IconUsersGroup } from '@tabler/icons-react';
import i18next from 'i18next';
import type { Feature } from '../../platform/feature.ts';
import type en from './locales/en.json';

declare module '../../platform/i18n/texts.ts' {
  interface Texts {
    users: typeof en;
  }
}

const title = () => i18next.t('users:title');

/** Who works here and what they may; the programs that have a key. */
export const users: Feature = {
  id: 'users',
  permission: 'users.read',
  texts: { ru: () => import('./locales/ru.json'), en: () => import('./locales/en.json') },
  navigation: [{ path: '/people/users', label: title, icon: IconUsersGroup, group: 'management' }],
  routes: [
    { path: '/people/users', page: () => import('./UsersPage.tsx'), title },
    { path: '/people/teams', page: () => import('./TeamsPage.tsx'), title },
    { path: '/people/roles', page: () => import('./RolesPage.tsx'), title },
    { path: '/people/phones', page: () => import('./PhonesPage.tsx'), title, permission: 'users.write' },
    { path: '/people/tokens', page: () => import('./TokensPage.tsx'), title, permission: 'tokens.manage' },
  ],
  reloads: {
    user: () => [
      ['users', 'list'],
      ['users', 'phones'],
    ],
    team: () => [['users', 'teams']],
    // What one may depends on it.
    role: () => [['users', 'roles'], ['me']],
    token: () => [['users', 'tokens']],
  },
};
