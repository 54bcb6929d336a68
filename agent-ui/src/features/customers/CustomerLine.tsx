import type { CustomerListed } from '@ringdesk/shared/customer';
import { Option } from '../../ui/Option.tsx';
import { formatPhone } from '../../ui/phone.ts';
import { TierMark } from '../../ui/TierMark.tsx';
import styles from './CustomerLine.module.css';

type Facets = Pick<CustomerListed, 'name' | 'tier' | 'company' | 'phones'>;

interface Props {
  id: string;
  customer: Facets;
  active: boolean;
  onChoose: () => void;
}

/** A customer in a list that is walked by keys while the focus stays in a field. */
export function CustomerLine({ id, customer, active, onChoose }: Props) {
  return (
    <Option id={id} active={active} onChoose={onChoose}>
      <CustomerFacets customer={customer} />
    </Option>
  );
}

/** By what a customer is told from others, in one line. */
export function CustomerFacets({ customer }: { customer: Facets }) {
  const [phone] = customer.phones;
  return (
    <>
      <span className={styles.name}>{customer.name}</span>
      <TierMark tier={customer.tier} />
      {customer.company && <span className={styles.company}>{customer.company}</span>}
      {phone && <span className={`${styles.phone} num`}>{formatPhone(phone.number)}</span>}
    </>
  );
}
