import { IconChecklist, IconListCheck } from '@tabler/icons-react';
import i18next from 'i18next';
import { createElement } from 'react';
import type { Feature } from '../../platform/feature.ts';
import type en from './locales/en.json';
import { TaskPanel } from './TaskPanel.tsx';
import { useDueCount } from './taskApi.ts';

declare module '../../platform/i18n/texts.ts' {
  interface Texts {
    tasks: typeof en;
  }
}

/** What has to be done, and by whom. */
export const tasks: Feature = {
  id: 'tasks',
  permission: 'tasks.use',
  texts: { ru: () => import('./locales/ru.json'), en: () => import('./locales/en.json') },
  navigation: [
    {
      path: '/tasks',
      label: () => i18next.t('tasks:title'),
      icon: IconChecklist,
      group: 'work',
      shortcut: 'tasks',
      useCount: useDueCount,
    },
  ],
  routes: [{ path: '/tasks', page: () => import('./TasksPage.tsx'), title: () => i18next.t('tasks:title') }],
  palette: {
    commands: ({ go }) => [
      {
        id: 'new-task',
        label: i18next.t('tasks:command'),
        icon: IconListCheck,
        run: () => go('/tasks?new='),
      },
    ],
  },
  slots: {
    callCard: ({ callId, customerId }) => createElement(TaskPanel, { interactionId: callId, customerId }),
    customerProfile: ({ customerId }) => createElement(TaskPanel, { interactionId: null, customerId }),
  },
  reloads: { task: () => [['tasks']] },
  notices: {
    'task-due': ({ title = '' }) => ({
      text: i18next.t('tasks:notice', { title: String(title) }),
      icon: IconChecklist,
    }),
  },
};
