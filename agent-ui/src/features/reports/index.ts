import { IconChartBar } from '@tabler/icons-react';
import i18next from 'i18next';
import type { Feature } from '../../platform/feature.ts';
import type en from './locales/en.json';

declare module '../../platform/i18n/texts.ts' {
  interface Texts {
    reports: typeof en;
  }
}

const title = () => i18next.t('reports:title');

/** The statistics, and the contacts behind each number. */
export const reports: Feature = {
  id: 'reports',
  permission: 'reports.read',
  texts: { ru: () => import('./locales/ru.json'), en: () => import('./locales/en.json') },
  navigation: [{ path: '/reports/queues', label: title, icon: IconChartBar, group: 'management' }],
  landing: { path: '/reports/queues', weight: 20 },
  routes: [
    { path: '/reports/repeat-contacts', page: () => import('./RepeatsPage.tsx'), title },
    { path: '/reports/:name', page: () => import('./ReportPage.tsx'), title },
  ],
};
