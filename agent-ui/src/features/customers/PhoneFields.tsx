import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CustomerFields } from './customerFields.ts';
import styles from './PhoneFields.module.css';

interface Props {
  phones: CustomerFields['phones'];
  error: string | undefined;
  onChange: (phones: CustomerFields['phones']) => void;
}

/** Any number of phones, each as it is typed, with what it is: "work", "wife". */
export function PhoneFields({ phones, error, onChange }: Props) {
  const { t } = useTranslation('customers');
  const change = (at: number, part: Partial<CustomerFields['phones'][number]>) =>
    onChange(phones.map((phone, i) => (i === at ? { ...phone, ...part } : phone)));
  return (
    <fieldset className={styles.phones}>
      <legend>{t('field.phones')}</legend>
      {phones.map((phone, i) => (
        // Lines have no identity but their place; the values are kept outside of them.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={i} className={styles.line}>
          <TextInput
            type="tel"
            value={phone.raw}
            onChange={(event) => change(i, { raw: event.currentTarget.value })}
            aria-label={t('field.phoneNumber', { place: i + 1 })}
            placeholder={t('field.phonePlaceholder')}
            autoComplete="off"
          />
          <TextInput
            value={phone.label}
            onChange={(event) => change(i, { label: event.currentTarget.value })}
            aria-label={t('field.phoneLabel', { place: i + 1 })}
            placeholder={t('field.phoneLabelPlaceholder')}
            autoComplete="off"
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            onClick={() => onChange(phones.filter((_, other) => other !== i))}
            aria-label={t('field.phoneRemove', { place: i + 1 })}
          >
            <IconX size={16} />
          </ActionIcon>
        </div>
      ))}
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange([...phones, { raw: '', label: '' }])}
      >
        {t('field.phoneAdd')}
      </Button>
    </fieldset>
  );
}
