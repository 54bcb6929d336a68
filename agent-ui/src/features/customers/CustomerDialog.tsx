import { Button, Modal } from '@mantine/core';
import type { Customer } from '@ringdesk/shared/customer';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './CustomerDialog.module.css';
import { CustomerForm } from './CustomerForm.tsx';

interface Props {
  opened: boolean;
  /** The one to change; null for a new one. */
  customer: Customer | null;
  onClose: () => void;
  onSaved: (customer: Customer) => void;
}

/** The form of a customer. What was typed is thrown away only by who says so: Escape, the cross and Cancel ask first when something was changed. */
export function CustomerDialog({ opened, customer, onClose, onSaved }: Props) {
  const { t } = useTranslation('customers');
  const [changed, setChanged] = useState(false);
  const [asking, setAsking] = useState(false);

  function close() {
    setChanged(false);
    setAsking(false);
    onClose();
  }
  const leave = () => (changed ? setAsking(!asking) : close());

  return (
    <Modal
      opened={opened}
      onClose={leave}
      title={t(customer ? 'edit' : 'newTitle')}
      size={640}
      // A form half filled in is not thrown away by a stray click beside it.
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('action.close', { ns: 'shell' }) }}
    >
      {asking && (
        <div className={styles.ask} role="alertdialog" aria-label={t('unsaved.title')} data-testid="unsaved">
          <span>{t('unsaved.title')}</span>
          <Button size="xs" data-autofocus onClick={() => setAsking(false)} data-testid="unsaved-stay">
            {t('unsaved.stay')}
          </Button>
          <Button size="xs" variant="default" onClick={close} data-testid="unsaved-leave">
            {t('unsaved.leave')}
          </Button>
        </div>
      )}
      <CustomerForm
        customer={customer}
        onCancel={leave}
        onChanged={setChanged}
        onSaved={(saved) => {
          onSaved(saved);
          close();
        }}
      />
    </Modal>
  );
}
