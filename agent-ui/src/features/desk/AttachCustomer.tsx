import { useTranslation } from 'react-i18next';
import { FindCustomer } from '../customers/index.ts';
import { usePickCustomer } from './deskApi.ts';

interface Props {
  callId: string;
  /** Added to the customer's phones; null when it is withheld. */
  number: string | null;
  autoFocus?: boolean;
}

/** Says who is calling by looking them up: an existing customer from another phone. */
export function AttachCustomer({ callId, number, autoFocus = false }: Props) {
  const { t } = useTranslation('desk');
  const pick = usePickCustomer(callId);
  return (
    <FindCustomer
      label={t(number === null ? 'attach.find' : 'attach.findAndAdd')}
      onChoose={(customerId) => pick.mutate({ customerId, addNumber: number !== null })}
      autoFocus={autoFocus}
    />
  );
}
