import type { TextFiles } from './texts.ts';

/** The texts of the shared pieces in `ui/`; the log-in needs none of them. */
export const pieceTexts: TextFiles = {
  ru: () => import('./locales/ru/pieces.json'),
  en: () => import('./locales/en/pieces.json'),
};
