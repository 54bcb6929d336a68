import { IconHeadset } from '@tabler/icons-react';
import i18next from 'i18next';
import type { Feature } from '../../platform/feature.ts';
import { AwayStrips } from './AwayStrips.tsx';
import { CallBar } from './CallBar.tsx';
import { CallSignals } from './CallSignals.tsx';
import { dialTyped, stateCommands } from './commands.ts';
import { DeskProvider } from './live/LiveContext.tsx';
import type en from './locales/en.json';
import { PbxBanners } from './PbxBanners.tsx';
import { SignalItems } from './SignalItems.tsx';
import { useOpenCalls } from './useOpenCalls.ts';

declare module '../../platform/i18n/texts.ts' {
  interface Texts {
    desk: typeof en;
  }
}
declare module '../../platform/feature.ts' {
  interface Slots {
    /** A section of the card of a call, under what is known of the caller. */
    callCard: { callId: string; customerId: string | null };
  }
}

/** Where agents take calls. */
export const desk: Feature = {
  id: 'desk',
  permission: 'desk.use',
  texts: { ru: () => import('./locales/ru.json'), en: () => import('./locales/en.json') },
  landing: { path: '/desk', weight: 100 },
  navigation: [
    {
      path: '/desk',
      label: () => i18next.t('desk:nav'),
      icon: IconHeadset,
      group: 'work',
      shortcut: 'desk',
      useCount: useOpenCalls,
    },
  ],
  routes: [
    { path: '/desk', page: () => import('./Desk.tsx'), title: () => i18next.t('desk:nav'), early: true },
  ],
  palette: { commands: stateCommands, meant: dialTyped },
  shortcuts: (
    [
      'available',
      'break',
      'offline',
      'hang-up',
      'transfer',
      'next-call',
      'note',
      'reason',
      'digit',
      'save',
      'more-time',
    ] as const
  ).map((id) => ({ id, label: () => i18next.t(`desk:shortcut.${id}`) })),
  slots: {
    around: DeskProvider,
    topBar: CallBar,
    banners: PbxBanners,
    strips: AwayStrips,
    background: CallSignals,
    userMenu: SignalItems,
  },
};
