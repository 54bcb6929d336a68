import { Button } from '@mantine/core';
import type { Customer } from '@ringdesk/shared/customer';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiFailure, codeOf } from '../../platform/api/failure.ts';
import { useFailureText } from '../../platform/i18n/useFailureText.ts';
import { ConflictPanel } from './ConflictPanel.tsx';
import { CustomerFieldset } from './CustomerFieldset.tsx';
import styles from './CustomerForm.module.css';
import { useSaveCustomer } from './customerApi.ts';
import { mineOver } from './customerConflict.ts';
import { type CustomerFields, fieldsOf, readFields } from './customerFields.ts';
import { useConflict } from './useConflict.ts';

interface Props {
  customer: Customer | null;
  onCancel: () => void;
  /** Whether something was changed that is not saved. */
  onChanged: (changed: boolean) => void;
  onSaved: (customer: Customer) => void;
}

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
      <CustomerFieldset fields={fields} wrong={wrong} onChange={set} />
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
