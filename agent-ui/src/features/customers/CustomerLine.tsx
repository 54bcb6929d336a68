import type { CustomerSummary } from '@ringdesk/shared/customer';
import { Option } from '../../ui/Option.tsx';
import { formatPhone } from '../../ui/phone.ts';
import { TierMark } from '../../ui/TierMark.tsx';
import styles from './CustomerLine.module.css';

interface Props {
  id: string;
  customer: CustomerSummary;
  active: boolean;
  onChoose: () => void;
}

/** A customer in a list that is walked by keys while the focus stays in a field. */
export function CustomerLine({ id, customer, active, onChoose }: Props) {
  const [phone] = customer.phones;
  return (
    <Option id={id} active={active} onChoose={onChoose}>
      <span className={styles.name}>{customer.name}</span>
      <TierMark tier={customer.tier} />
      {customer.company && <span className={styles.company}>{customer.company}</span>}
      {phone && <span className={`${styles.phone} num`}>{formatPhone(phone.number)}</span>}
    </Option>
  );
}
