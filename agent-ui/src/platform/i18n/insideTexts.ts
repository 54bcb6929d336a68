import type { NeededTexts } from './setup.ts';

/** The texts of the frame and of the shared pieces in `ui/`; the log-in needs none of them. */
export const insideTexts: readonly [string, NeededTexts][] = [
  [
    'frame',
    {
      namespace: 'shell',
      file: {
        ru: () => import('./locales/ru/frame.json'),
        en: () => import('./locales/en/frame.json'),
      },
    },
  ],
  [
    'pieces',
    {
      namespace: 'pieces',
      file: {
        ru: () => import('./locales/ru/pieces.json'),
        en: () => import('./locales/en/pieces.json'),
      },
    },
  ],
];
