import { createElement } from 'react';
import type { Feature } from '../../platform/feature.ts';
import { CustomerHistory } from './CustomerHistory.tsx';
import { choicesQuery } from './choices.ts';
import { HouseZone } from './HouseZone.tsx';
import type en from './locales/en.json';

export { choicesQuery, useDeskSettings } from './choices.ts';
export { filterReasons, nameOfChoice, reasonChoices, reasonName } from './reasons.ts';
export { Timeline } from './Timeline.tsx';
export { useChoiceNames } from './useChoiceNames.ts';

declare module '../../platform/i18n/texts.ts' {
  interface Texts {
    interactions: typeof en;
  }
}

/** What was between a customer and us. */
export const interactions: Feature = {
  id: 'interactions',
  permission: 'interactions.read',
  texts: { ru: () => import('./locales/ru.json'), en: () => import('./locales/en.json') },
  reloads: { setting: () => [choicesQuery.queryKey], 'queue-setting': () => [choicesQuery.queryKey] },
  slots: {
    around: HouseZone,
    customerProfile: ({ customerId }) => createElement(CustomerHistory, { id: customerId }),
  },
};
