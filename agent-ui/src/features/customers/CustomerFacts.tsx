import type { Customer } from '@ringdesk/shared/customer';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../platform/i18n/useLocale.ts';
import { formatFull } from '../../ui/format.ts';
import { PhoneNumber } from '../../ui/PhoneNumber.tsx';
import styles from './CustomerFacts.module.css';

/** What is known of a customer; what is not known takes no room. */
export function CustomerFacts({ customer }: { customer: Customer }) {
  const { t } = useTranslation('customers');
  const locale = useLocale();
  return (
    <dl className={styles.facts}>
      <Fact name={t('field.phones')}>
        {customer.phones.length > 0 &&
          customer.phones.map((phone) => (
            <div key={phone.number}>
              <PhoneNumber number={phone.number} label={phone.label} />
            </div>
          ))}
      </Fact>
      <Fact name={t('field.emails')}>
        {customer.emails.length > 0 &&
          customer.emails.map((email) => (
            <div key={email}>
              <a href={`mailto:${email}`}>{email}</a>
            </div>
          ))}
      </Fact>
      <Fact name={t('field.company')}>{customer.company}</Fact>
      <Fact name={t('field.kind')}>{t(`kind.${customer.kind}`)}</Fact>
      <Fact name={t('field.segment')}>{customer.segment}</Fact>
      <Fact name={t('field.tags')}>{customer.tags.join(', ')}</Fact>
      <Fact name={t('field.note')}>{customer.note}</Fact>
      <Fact name={t('field.updatedAt')}>
        <span className="quiet">{formatFull(customer.updatedAt, locale)}</span>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (children === null || children === '' || children === false) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
