import { IconFileImport, IconUserPlus, IconUsers } from '@tabler/icons-react';
import i18next from 'i18next';
import type { Feature } from '../../platform/feature.ts';
import { findCustomers } from './findCustomers.tsx';
import type en from './locales/en.json';

export { useSaveCustomer } from './customerApi.ts';
export { FindCustomer } from './FindCustomer.tsx';

declare module '../../platform/i18n/texts.ts' {
  interface Texts {
    customers: typeof en;
  }
}
declare module '../../platform/feature.ts' {
  interface Slots {
    /** A section of a customer's page. */
    customerProfile: { customerId: string };
  }
}

export const customers: Feature = {
  id: 'customers',
  permission: 'customers.read',
  texts: { ru: () => import('./locales/ru.json'), en: () => import('./locales/en.json') },
  landing: { path: '/customers', weight: 10 },
  navigation: [
    {
      path: '/customers',
      label: () => i18next.t('customers:nav'),
      icon: IconUsers,
      group: 'work',
      shortcut: 'customers',
    },
    {
      path: '/import',
      label: () => i18next.t('customers:navImport'),
      icon: IconFileImport,
      group: 'management',
      permission: 'customers.import',
    },
  ],
  routes: [
    {
      path: '/customers',
      page: () => import('./CustomersPage.tsx'),
      title: () => i18next.t('customers:title'),
      early: true,
    },
    {
      path: '/customers/:id',
      page: () => import('./ProfilePage.tsx'),
      title: () => i18next.t('customers:title'),
      early: true,
    },
    {
      path: '/import',
      page: () => import('./ImportPage.tsx'),
      title: () => i18next.t('customers:navImport'),
      permission: 'customers.import',
    },
  ],
  palette: {
    commands: ({ go }) => [
      {
        id: 'new-customer',
        label: i18next.t('customers:command.new'),
        icon: IconUserPlus,
        run: () => go('/customers?new='),
      },
    ],
    find: findCustomers,
  },
  reloads: {
    customer: (id) => [
      ['customers', 'one', id],
      ['customers', 'timeline', id],
      ['customers', 'search'],
    ],
  },
};
