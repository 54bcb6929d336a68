import type { Customer } from '@ringdesk/shared/customer';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PhoneNumber } from '../../ui/PhoneNumber.tsx';
import { TierMark } from '../../ui/TierMark.tsx';
import styles from './CustomerTable.module.css';

export function CustomerTable({ customers }: { customers: Customer[] }) {
  const { t } = useTranslation('customers');
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('field.name')}</th>
          <th scope="col">{t('field.company')}</th>
          <th scope="col">{t('field.phones')}</th>
          <th scope="col" className={styles.minor}>
            {t('field.segment')}
          </th>
          <th scope="col" className={styles.minor}>
            {t('field.tags')}
          </th>
        </tr>
      </thead>
      <tbody>
        {customers.map((customer) => (
          <tr key={customer.id} data-testid="customer-row">
            <td>
              <span className={styles.who}>
                <Link to={`/customers/${customer.id}`}>{customer.name}</Link>
                <TierMark tier={customer.tier} />
              </span>
            </td>
            <td>
              {customer.company ??
                (customer.kind === 'company' ? <span className="quiet">{t('kind.company')}</span> : '')}
            </td>
            <td>
              <span className={styles.phones}>
                {customer.phones.slice(0, 2).map((phone) => (
                  <PhoneNumber key={phone.number} number={phone.number} label={phone.label} />
                ))}
              </span>
            </td>
            <td className={styles.minor}>{customer.segment}</td>
            <td className={styles.minor}>{customer.tags.join(', ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
