import { SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './CustomerForm.module.css';
import type { CustomerFields } from './customerFields.ts';
import { PhoneFields } from './PhoneFields.tsx';

const kinds = ['person', 'company'] as const;
const tiers = ['standard', 'silver', 'gold', 'vip'] as const;

interface Props {
  fields: CustomerFields;
  /** Names of the fields that cannot be taken as they are. */
  wrong: readonly string[];
  onChange: (change: Partial<CustomerFields>) => void;
}

/** All that is known of a customer, to be typed. */
export function CustomerFieldset({ fields, wrong, onChange }: Props) {
  const { t } = useTranslation('customers');
  const errorOf = (field: keyof CustomerFields) => (wrong.includes(field) ? t('wrong') : undefined);
  const list = (field: 'emails' | 'tags') => (
    <TextInput
      label={t(`field.${field}`)}
      description={t(`field.${field}Hint`)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={fields[field]}
      error={errorOf(field)}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
      autoComplete="off"
    />
  );

  return (
    <>
      <SegmentedControl
        className={styles.kind ?? ''}
        value={fields.kind}
        onChange={(kind) => onChange({ kind: kind === 'company' ? 'company' : 'person' })}
        data={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        aria-label={t('field.kind')}
      />
      <TextInput
        data-autofocus
        label={t(fields.kind === 'person' ? 'field.personName' : 'field.companyName')}
        value={fields.name}
        error={errorOf('name')}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        autoComplete="off"
        data-testid="customer-name"
      />
      {fields.kind === 'person' && (
        <TextInput
          label={t('field.company')}
          value={fields.company}
          error={errorOf('company')}
          onChange={(event) => onChange({ company: event.currentTarget.value })}
          autoComplete="off"
        />
      )}
      <div className={styles.full}>
        <PhoneFields
          phones={fields.phones}
          error={errorOf('phones')}
          onChange={(phones) => onChange({ phones })}
        />
      </div>
      {list('emails')}
      {list('tags')}
      <div>
        <p className={styles.label}>{t('field.tier')}</p>
        <SegmentedControl
          fullWidth
          value={fields.tier}
          onChange={(value) => onChange({ tier: tiers.find((tier) => tier === value) ?? 'standard' })}
          data={tiers.map((value) => ({ value, label: t(`tier.${value}`) }))}
          aria-label={t('field.tier')}
        />
      </div>
      <TextInput
        label={t('field.segment')}
        value={fields.segment}
        error={errorOf('segment')}
        onChange={(event) => onChange({ segment: event.currentTarget.value })}
        autoComplete="off"
      />
      <Textarea
        className={styles.full ?? ''}
        label={t('field.note')}
        autosize
        minRows={2}
        maxRows={8}
        value={fields.note}
        error={errorOf('note')}
        onChange={(event) => onChange({ note: event.currentTarget.value })}
      />
    </>
  );
}
