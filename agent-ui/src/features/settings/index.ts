import { IconSettings } from '@tabler/icons-react';
import i18next from 'i18next';
import type { Feature } from '../../platform/feature.ts';
import type en from './locales/en.json';

declare module '../../platform/i18n/texts.ts' {
  interface Texts {
    settings: typeof en;
  }
}

const title = () => i18next.t('settings:title');

/** How the house is set: queues, results, reasons, breaks, hours. */
export const settings: Feature = {
  id: 'settings',
  permission: 'settings.write',
  texts: { ru: () => import('./locales/ru.json'), en: () => import('./locales/en.json') },
  navigation: [{ path: '/settings/queues', label: title, icon: IconSettings, group: 'management' }],
  routes: [
    { path: '/settings/queues', page: () => import('./QueuesPage.tsx'), title },
    { path: '/settings/results', page: () => import('./ResultsPage.tsx'), title },
    { path: '/settings/reasons', page: () => import('./ReasonsPage.tsx'), title },
    { path: '/settings/breaks', page: () => import('./BreaksPage.tsx'), title },
    { path: '/settings/hours', page: () => import('./HoursPage.tsx'), title },
  ],
  reloads: { setting: () => [['settings']], 'queue-setting': () => [['settings', 'queues']] },
};
