import { IconHistory } from '@tabler/icons-react';
import i18next from 'i18next';
import { createElement } from 'react';
import type { Feature } from '../../platform/feature.ts';
import { History } from './History.tsx';
import type en from './locales/en.json';

declare module '../../platform/i18n/texts.ts' {
  interface Texts {
    audit: typeof en;
  }
}

const title = () => i18next.t('audit:title');

/** Who did what to what, when and from where: of the whole house for administrators, of one thing for whoever may see it. */
export const audit: Feature = {
  id: 'audit',
  permission: 'customers.read',
  texts: { ru: () => import('./locales/ru.json'), en: () => import('./locales/en.json') },
  navigation: [
    { path: '/audit', label: title, icon: IconHistory, group: 'management', permission: 'audit.read' },
  ],
  routes: [{ path: '/audit', page: () => import('./AuditPage.tsx'), title, permission: 'audit.read' }],
  slots: {
    customerProfile: ({ customerId }) => createElement(History, { kind: 'customer', id: customerId }),
  },
  reloads: { customer: (id) => [['audit', 'history', 'customer', id]] },
};
