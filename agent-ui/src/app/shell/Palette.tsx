import { Modal, TextInput } from '@mantine/core';
import { IconPhoneOutgoing, IconSearch } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { CustomerLine } from '../../features/customers/CustomerLine.tsx';
import { useCustomerSearch } from '../../features/customers/customerApi.ts';
import { dialable } from '../../features/desk/targets.ts';
import { useDial } from '../../features/desk/useDial.ts';
import { Option } from '../../ui/Option.tsx';
import { formatPhone } from '../../ui/phone.ts';
import { useListKeys } from '../../ui/useListKeys.ts';
import { useSettled } from '../../ui/useSettled.ts';
import { useShortcut } from '../../ui/useShortcut.tsx';
import styles from './Palette.module.css';

interface Props {
  opened: boolean;
  onOpen: () => void;
  onClose: () => void;
}

/** One field for both questions of a phone desk: who is it, and call them. */
export function Palette({ opened, onOpen, onClose }: Props) {
  const { t } = useTranslation();
  useShortcut('search', () => {
    onOpen();
    return true;
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      size={560}
      padding={0}
      yOffset="10dvh"
      aria-label={t('palette.label')}
    >
      <Search onDone={onClose} />
    </Modal>
  );
}

function Search({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const listId = useId();
  const navigate = useNavigate();
  const dial = useDial();
  const [text, setText] = useState('');
  const wanted = useSettled(text.trim(), 150);
  const customers = useCustomerSearch(wanted, 8).data ?? [];
  const number = dial ? dialable(text) : null;
  const first = number === null ? 0 : 1;

  function choose(i: number) {
    const customer = customers[i - first];
    if (i < first && number !== null) dial?.(number);
    else if (customer) void navigate(`/customers/${customer.id}`);
    else return;
    onDone();
  }
  const { active, setActive, onKeyDown } = useListKeys(first + customers.length, choose);
  return (
    <div className={styles.palette} data-testid="palette">
      <TextInput
        data-autofocus
        variant="unstyled"
        size="md"
        leftSection={<IconSearch size={18} />}
        placeholder={t(dial ? 'palette.placeholderDial' : 'palette.placeholder')}
        aria-label={t('palette.label')}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={`${listId}-${active}`}
        autoComplete="off"
        spellCheck={false}
      />
      <div id={listId} role="listbox" aria-label={t('palette.label')} className={styles.list}>
        {number !== null && (
          <Option id={`${listId}-0`} active={active === 0} onChoose={() => choose(0)} testId="palette-dial">
            <IconPhoneOutgoing size={16} aria-hidden="true" />
            <strong>{t('phone.call', { number: formatPhone(number) })}</strong>
          </Option>
        )}
        {customers.map((customer, i) => (
          <CustomerLine
            key={customer.id}
            id={`${listId}-${i + first}`}
            customer={customer}
            active={i + first === active}
            onChoose={() => choose(i + first)}
          />
        ))}
        {number === null && customers.length === 0 && wanted !== '' && (
          <p className={styles.none}>{t('palette.nothing')}</p>
        )}
      </div>
    </div>
  );
}
