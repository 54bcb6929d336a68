export const languages = ['ru', 'en'] as const;
export type Language = (typeof languages)[number];

const isLanguage = (tag: string | null | undefined): tag is Language =>
  languages.some((language) => language === tag);

/** The browser's regional form of a language, e.g. `en-GB` with its 24 hours, else the language itself. */
export function localeFor(language: Language, wished: readonly string[]): string {
  return wished.find((tag) => tag.toLowerCase().startsWith(`${language}-`)) ?? language;
}

/**
 * The language to begin with: what was chosen here before, else the first of the browser's languages that we speak, else English.
 * @param chosen what the storage holds  @param wished the browser's list, e.g. `['ru-RU', 'en']`
 */
export function firstLanguage(chosen: string | null, wished: readonly string[]): Language {
  if (isLanguage(chosen)) return chosen;
  return wished.map((tag) => tag.toLowerCase().split('-')[0]).find(isLanguage) ?? 'en';
}
