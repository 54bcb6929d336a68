import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFailureText } from '../../platform/i18n/useFailureText.ts';
import { formatPhone } from '../../ui/phone.ts';
import { useSaveCustomer } from '../customers/index.ts';
import { usePickCustomer } from './deskApi.ts';
import styles from './NewCustomerForm.module.css';

interface Props {
  callId: string;
  number: string | null;
  /** What the line says the caller is called. */
  name: string | null;
}

/** The quick form during a call: the number is there already, a name is enough; the rest can be filled in on the profile. */
export function NewCustomerForm({ callId, number, name: lineName }: Props) {
  const { t } = useTranslation('desk');
  const { t: tCustomers } = useTranslation('customers');
  const failureText = useFailureText();
  const [kind, setKind] = useState<'person' | 'company'>('person');
  const [name, setName] = useState(lineName ?? '');
  const [company, setCompany] = useState('');
  const [email, setEmail] = useState('');
  const save = useSaveCustomer(null);
  const pick = usePickCustomer(callId);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const saved = await save
      .mutateAsync({
        kind,
        name,
        company: kind === 'person' && company.trim() !== '' ? company : null,
        phones: number === null ? [] : [{ raw: number, label: null }],
        emails: email.trim() === '' ? [] : [email.trim()],
        tier: 'standard',
        segment: null,
        tags: [],
        note: null,
      })
      .catch(() => null);
    if (saved) pick.mutate({ customerId: saved.id });
  }

  return (
    <form
      className={styles.form}
      onSubmit={(event) => void submit(event)}
      data-testid="new-customer-form"
      data-begun={name !== (lineName ?? '') || company !== '' || email !== ''}
    >
      <div className={styles.row}>
        <SegmentedControl
          size="sm"
          value={kind}
          onChange={(value) => setKind(value === 'company' ? 'company' : 'person')}
          data={[
            { value: 'person', label: tCustomers('kind.person') },
            { value: 'company', label: tCustomers('kind.company') },
          ]}
          aria-label={tCustomers('field.kind')}
        />
        {number !== null && (
          <span className={`${styles.number} num`} data-testid="new-customer-number">
            {formatPhone(number)}
          </span>
        )}
      </div>
      <TextInput
        label={tCustomers(kind === 'person' ? 'field.personName' : 'field.companyName')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        withAsterisk={false}
        maxLength={200}
        autoComplete="off"
        data-testid="new-customer-name"
      />
      <div className={styles.row}>
        {kind === 'person' && (
          <TextInput
            className={styles.grow ?? ''}
            label={tCustomers('field.company')}
            value={company}
            onChange={(event) => setCompany(event.currentTarget.value)}
            maxLength={200}
            autoComplete="off"
          />
        )}
        <TextInput
          className={styles.grow ?? ''}
          type="email"
          label={tCustomers('field.email')}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          autoComplete="off"
        />
      </div>
      {save.isError && (
        <p className={styles.failure} role="alert">
          {failureText(save.error)}
        </p>
      )}
      <Button type="submit" loading={save.isPending || pick.isPending} data-testid="new-customer-save">
        {t('newCaller.create')}
      </Button>
    </form>
  );
}
