import { useTranslation } from 'react-i18next';
import { firstLanguage, type Language } from './language.ts';

/** The language that the page speaks now; also the locale of its dates and numbers. */
export function useLanguage(): Language {
  return firstLanguage(useTranslation().i18n.language, []);
}
