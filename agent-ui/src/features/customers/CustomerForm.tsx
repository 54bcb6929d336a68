import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import type { Customer } from '@ringdesk/shared/customer';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiFailure, codeOf } from '../../platform/api/failure.ts';
import { useFailureText } from '../../platform/i18n/useFailureText.ts';
import { ConflictPanel } from './ConflictPanel.tsx';
import styles from './CustomerForm.module.css';
import { useSaveCustomer } from './customerApi.ts';
import { mineOver } from './customerConflict.ts';
import { type CustomerFields, fieldsOf, readFields } from './customerFields.ts';
import { PhoneFields } from './PhoneFields.tsx';
import { useConflict } from './useConflict.ts';

interface Props {
  customer: Customer | null;
  onCancel: () => void;
  /** Whether something was changed that is not saved. */
  onChanged: (changed: boolean) => void;
  onSaved: (customer: Customer) => void;
}

const kinds = ['person', 'company'] as const;
const tiers = ['standard', 'silver', 'gold', 'vip'] as const;

export function CustomerForm({ customer, onCancel, onChanged, onSaved }: Props) {
  const { t } = useTranslation('customers');
  const failureText = useFailureText();
  const [fields, setFields] = useState(() => fieldsOf(customer));
  const [wrong, setWrong] = useState<string[]>([]);
  const save = useSaveCustomer(customer?.id ?? null);
  const conflict = useConflict(customer);
  const set = (change: Partial<CustomerFields>) => {
    const next = { ...fields, ...change };
    setFields(next);
    onChanged(JSON.stringify(next) !== JSON.stringify(fieldsOf(customer)));
  };
  const errorOf = (field: keyof CustomerFields) => (wrong.includes(field) ? t('wrong') : undefined);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (conflict.theirs === null) send(fields, conflict.base);
  }

  /** @param over the version that is replaced by it */
  function send(what: CustomerFields, over: Customer | null) {
    const read = readFields(what);
    if ('wrong' in read) return setWrong(read.wrong);
    setWrong([]);
    save.mutate(over === null ? read.input : { ...read.input, basedOn: over.updatedAt }, {
      onSuccess: onSaved,
      onError: (failure) => {
        if (codeOf(failure) === 'changed-meanwhile')
          return void conflict.look((current) => send(what, current));
        // The server names a field as `phones.0.raw`.
        if (failure instanceof ApiFailure)
          setWrong(failure.fields.map(({ path }) => path.split('.')[0] ?? path));
      },
    });
  }

  return (
    <form className={styles.form} onSubmit={submit} data-testid="customer-form">
      <SegmentedControl
        className={styles.kind ?? ''}
        value={fields.kind}
        onChange={(kind) => set({ kind: kind === 'company' ? 'company' : 'person' })}
        data={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        aria-label={t('field.kind')}
      />
      <TextInput
        data-autofocus
        label={t(fields.kind === 'person' ? 'field.personName' : 'field.companyName')}
        value={fields.name}
        error={errorOf('name')}
        onChange={(event) => set({ name: event.currentTarget.value })}
        autoComplete="off"
        data-testid="customer-name"
      />
      {fields.kind === 'person' && (
        <TextInput
          label={t('field.company')}
          value={fields.company}
          error={errorOf('company')}
          onChange={(event) => set({ company: event.currentTarget.value })}
          autoComplete="off"
        />
      )}
      <div className={styles.full}>
        <PhoneFields
          phones={fields.phones}
          error={errorOf('phones')}
          onChange={(phones) => set({ phones })}
        />
      </div>
      <TextInput
        label={t('field.emails')}
        description={t('field.emailsHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={fields.emails}
        error={errorOf('emails')}
        onChange={(event) => set({ emails: event.currentTarget.value })}
        autoComplete="off"
      />
      <TextInput
        label={t('field.tags')}
        description={t('field.tagsHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={fields.tags}
        error={errorOf('tags')}
        onChange={(event) => set({ tags: event.currentTarget.value })}
        autoComplete="off"
      />
      <div>
        <p className={styles.label}>{t('field.tier')}</p>
        <SegmentedControl
          fullWidth
          value={fields.tier}
          onChange={(value) => set({ tier: tiers.find((tier) => tier === value) ?? 'standard' })}
          data={tiers.map((value) => ({ value, label: t(`tier.${value}`) }))}
          aria-label={t('field.tier')}
        />
      </div>
      <TextInput
        label={t('field.segment')}
        value={fields.segment}
        error={errorOf('segment')}
        onChange={(event) => set({ segment: event.currentTarget.value })}
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
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
      {conflict.theirs !== null && (
        <ConflictPanel
          base={fieldsOf(conflict.base)}
          mine={fields}
          theirs={fieldsOf(conflict.theirs)}
          saving={save.isPending}
          onMine={() =>
            send(mineOver(fieldsOf(conflict.base), fields, fieldsOf(conflict.theirs)), conflict.theirs)
          }
          onTheirs={() => {
            setFields(fieldsOf(conflict.theirs));
            setWrong([]);
            save.reset();
            conflict.takeTheirs();
          }}
        />
      )}
      {save.isError && (conflict.theirs === null || codeOf(save.error) !== 'changed-meanwhile') && (
        <p className={styles.failure} role="alert">
          {failureText(save.error)}
        </p>
      )}
      <footer className={styles.acts}>
        <Button variant="default" onClick={onCancel}>
          {t('action.cancel', { ns: 'shell' })}
        </Button>
        {conflict.theirs === null && (
          <Button type="submit" loading={save.isPending} data-testid="customer-save">
            {t('action.save', { ns: 'shell' })}
          </Button>
        )}
      </footer>
    </form>
  );
}
