import { IconProgress } from '@tabler/icons-react';
import i18next from 'i18next';
import type { Feature } from '../../platform/feature.ts';
import type en from './locales/en.json';

declare module '../../platform/i18n/texts.ts' {
  interface Texts {
    jobs: typeof en;
  }
}

const title = () => i18next.t('jobs:title');

/** Work that may wait: what waits, what runs, what failed. */
export const jobs: Feature = {
  id: 'jobs',
  permission: 'jobs.manage',
  texts: { ru: () => import('./locales/ru.json'), en: () => import('./locales/en.json') },
  navigation: [{ path: '/jobs', label: title, icon: IconProgress, group: 'management' }],
  routes: [{ path: '/jobs', page: () => import('./JobsPage.tsx'), title }],
};
