import type { Customer } from '@ringdesk/shared/customer';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../../ui/form/FormDialog.tsx';
import { CustomerForm } from './CustomerForm.tsx';

interface Props {
  opened: boolean;
  /** The one to change; null for a new one. */
  customer: Customer | null;
  onClose: () => void;
  onSaved: (customer: Customer) => void;
}

/** The form of a customer. */
export function CustomerDialog({ opened, customer, onClose, onSaved }: Props) {
  const { t } = useTranslation('customers');
  return (
    <FormDialog opened={opened} onClose={onClose} title={t(customer ? 'edit' : 'newTitle')} size={640}>
      {({ onChanged, onCancel, onDone }) => (
        <CustomerForm
          customer={customer}
          onCancel={onCancel}
          onChanged={onChanged}
          onSaved={(saved) => {
            onSaved(saved);
            onDone();
          }}
        />
      )}
    </FormDialog>
  );
}
