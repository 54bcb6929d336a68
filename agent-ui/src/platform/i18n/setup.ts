import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { firstLanguage, type Language } from './language.ts';
import type { TextFiles } from './texts.ts';

const key = 'ringdesk.language';

/** Each language is a chunk of its own: a page loads the one it speaks. */
const load = {
  ru: () => import('./locales/ru/index.ts'),
  en: () => import('./locales/en/index.ts'),
};

export async function startTranslations(): Promise<void> {
  const language = firstLanguage(readChosen(), navigator.languages);
  const texts = (await load[language]()).default;
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: texts },
    defaultNS: 'shell',
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  document.documentElement.lang = language;
}

/** Texts that come after the log-in, in any order: once needed, they are spoken in every language that is chosen. */
const needed = new Map<string, NeededTexts>();
const loaded = new Set<string>();

export interface NeededTexts {
  /** Where its keys are found; several files may share one. */
  namespace: string;
  file: TextFiles;
}

/** Loads texts in the language that is spoken now. @param texts by a name of their own */
export async function needTexts(texts: ReadonlyMap<string, NeededTexts>): Promise<void> {
  for (const [name, each] of texts) needed.set(name, each);
  await loadNeeded(firstLanguage(i18next.language, []));
}

async function loadNeeded(language: Language): Promise<void> {
  const missing = [...needed].filter(([name]) => !loaded.has(`${language} ${name}`));
  await Promise.all(
    missing.map(async ([name, { namespace, file }]) => {
      i18next.addResourceBundle(language, namespace, (await file[language]()).default, true, true);
      loaded.add(`${language} ${name}`);
    }),
  );
}

/** Speaks another language from now on, here and after a reload. */
export async function chooseLanguage(language: Language): Promise<void> {
  const [own] = await Promise.all([load[language](), loadNeeded(language)]);
  for (const [namespace, keys] of Object.entries(own.default)) {
    i18next.addResourceBundle(language, namespace, keys, true, true);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  try {
    window.localStorage.setItem(key, language);
  } catch {
    // Without a storage the choice lasts until the reload.
  }
}

export function hasChosenLanguage(): boolean {
  return readChosen() !== null;
}

function readChosen(): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null;
  }
}
