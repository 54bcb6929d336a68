import { localeFor } from './language.ts';
import { useLanguage } from './useLanguage.ts';

/** How dates and numbers are written: in the page's language, by the habits of the agent's region where the browser knows it. */
export function useLocale(): string {
  return localeFor(useLanguage(), navigator.languages);
}
