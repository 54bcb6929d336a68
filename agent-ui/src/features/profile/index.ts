import { IconKey } from '@tabler/icons-react';
import i18next from 'i18next';
import type { Feature } from '../../platform/feature.ts';
import type en from './locales/en.json';

declare module '../../platform/i18n/texts.ts' {
  interface Texts {
    profile: typeof en;
  }
}

/** What belongs to who is logged in. The way there is the user's menu. */
export const profile: Feature = {
  id: 'profile',
  permission: 'session',
  texts: { ru: () => import('./locales/ru.json'), en: () => import('./locales/en.json') },
  routes: [
    {
      path: '/profile',
      page: () => import('./OwnProfilePage.tsx'),
      title: () => i18next.t('profile:title'),
    },
  ],
  palette: {
    commands: ({ go }) => [
      {
        id: 'password',
        label: i18next.t('profile:command'),
        icon: IconKey,
        run: () => go('/profile'),
      },
    ],
  },
};
