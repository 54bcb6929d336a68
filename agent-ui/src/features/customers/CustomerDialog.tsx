import { Modal } from '@mantine/core';
import type { Customer } from '@ringdesk/shared/customer';
import { useTranslation } from 'react-i18next';
import { CustomerForm } from './CustomerForm.tsx';

interface Props {
  opened: boolean;
  /** The one to change; null for a new one. */
  customer: Customer | null;
  onClose: () => void;
  onSaved: (customer: Customer) => void;
}

export function CustomerDialog({ opened, customer, onClose, onSaved }: Props) {
  const { t } = useTranslation('customers');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t(customer ? 'edit' : 'newTitle')}
      size={640}
      // A form half filled in is not thrown away by a stray click beside it.
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('action.close', { ns: 'shell' }) }}
    >
      <CustomerForm
        customer={customer}
        onCancel={onClose}
        onSaved={(saved) => {
          onSaved(saved);
          onClose();
        }}
      />
    </Modal>
  );
}
