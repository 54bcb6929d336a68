import { ActionIcon, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Language, languages } from '../platform/i18n/language.ts';
import { chooseLanguage } from '../platform/i18n/setup.ts';
import { useLanguage } from '../platform/i18n/useLanguage.ts';
import styles from './Preferences.module.css';

/** Each language calls itself by its own name, whatever the page speaks. */
export const nameOfLanguage = (language: Language): string =>
  new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;

const schemes = ['auto', 'light', 'dark'] as const;
const icons = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon };

export function LanguageSwitch() {
  const { t } = useTranslation();
  const language = useLanguage();
  const choose = (next: Language) =>
    chooseLanguage(next).catch((failure: unknown) => console.warn('The language stays', failure));
  return (
    <fieldset className={styles.languages} aria-label={t('language')}>
      {languages.map((each) => (
        <button
          key={each}
          type="button"
          lang={each}
          aria-label={`${each.toUpperCase()}, ${nameOfLanguage(each)}`}
          aria-pressed={each === language}
          onClick={() => void choose(each)}
        >
          {each.toUpperCase()}
        </button>
      ))}
    </fieldset>
  );
}

/** Light, dark, or as the system has it. */
export function SchemeSwitch() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = icons[colorScheme];
  const next = schemes[(schemes.indexOf(colorScheme) + 1) % schemes.length] ?? 'auto';
  const label = `${t('scheme.label')}: ${t(`scheme.${colorScheme}`)}`;
  return (
    // No Tooltip: the log-in shows this, and is kept small.
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(next)}
    >
      <Icon size={18} stroke={1.6} />
    </ActionIcon>
  );
}

export function Preferences() {
  return (
    <div className={styles.preferences}>
      <LanguageSwitch />
      <SchemeSwitch />
    </div>
  );
}
