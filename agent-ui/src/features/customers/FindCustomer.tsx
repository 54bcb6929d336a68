import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useListKeys } from '../../ui/useListKeys.ts';
import { useSettled } from '../../ui/useSettled.ts';
import { CustomerLine } from './CustomerLine.tsx';
import { useCustomerSearch } from './customerApi.ts';
import styles from './FindCustomer.module.css';

interface Props {
  label: string;
  onChoose: (customerId: string) => void;
  autoFocus?: boolean;
}

/** Finds a customer by name, company or number while one types. */
export function FindCustomer({ label, onChoose, autoFocus = false }: Props) {
  const { t } = useTranslation('customers');
  const listId = useId();
  const [text, setText] = useState('');
  const wanted = useSettled(text.trim(), 180);
  const found = useCustomerSearch(wanted, 6, wanted.length > 1);
  const customers = wanted.length > 1 ? (found.data ?? []) : [];
  const { active, onKeyDown } = useListKeys(customers.length, (i) => {
    const chosen = customers[i];
    if (chosen) onChoose(chosen.id);
  });

  return (
    <div className={styles.attach} data-testid="attach-customer">
      <TextInput
        label={label}
        placeholder={t('find.placeholder')}
        leftSection={<IconSearch size={16} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        autoFocus={autoFocus}
        role="combobox"
        aria-expanded={customers.length > 0}
        aria-controls={listId}
        aria-activedescendant={customers.length > 0 ? `${listId}-${active}` : undefined}
        autoComplete="off"
      />
      <div id={listId} role="listbox" aria-label={t('find.found')} className={styles.list}>
        {customers.map((customer, i) => (
          <CustomerLine
            key={customer.id}
            id={`${listId}-${i}`}
            customer={customer}
            active={i === active}
            onChoose={() => onChoose(customer.id)}
          />
        ))}
      </div>
      {wanted.length > 1 && found.isSuccess && customers.length === 0 && (
        <p className="quiet">{t('find.nobody')}</p>
      )}
    </div>
  );
}
