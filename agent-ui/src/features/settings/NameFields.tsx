import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  /** The fields' properties, of a Mantine form. */
  inputOf: (path: 'name.ru' | 'name.en') => object;
}

/** What something is called, in both languages. */
export function NameFields({ inputOf }: Props): ReactNode {
  const { t } = useTranslation('settings');
  return (
    <>
      <TextInput label={t('nameRu')} {...inputOf('name.ru')} data-testid="name-ru" data-autofocus />
      <TextInput label={t('nameEn')} {...inputOf('name.en')} data-testid="name-en" />
    </>
  );
}
