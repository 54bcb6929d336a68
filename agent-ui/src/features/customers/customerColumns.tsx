import type { CustomerListed } from '@ringdesk/shared/customer';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { PhoneNumber } from '../../ui/PhoneNumber.tsx';
import { TierMark } from '../../ui/TierMark.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { When } from '../../ui/When.tsx';
import styles from './CustomersPage.module.css';

const tiers = ['standard', 'silver', 'gold', 'vip'] as const;

/** What the list of customers says of each. */
export function useCustomerColumns(): readonly Column<CustomerListed>[] {
  const { t } = useTranslation('customers');
  return useMemo(
    () => [
      {
        id: 'name',
        title: t('field.name'),
        cell: ({ name, tier }) => (
          <>
            {name} <TierMark tier={tier} />
          </>
        ),
        sort: ({ name }) => name,
      },
      {
        id: 'company',
        title: t('field.company'),
        cell: ({ company, kind }) =>
          company ?? (kind === 'company' ? <span className="quiet">{t('kind.company')}</span> : ''),
        sort: ({ company }) => company,
      },
      {
        id: 'phones',
        title: t('field.phones'),
        cell: ({ phones }) =>
          phones.length > 0 && (
            <span className={styles.phones}>
              {phones.slice(0, 2).map((phone) => (
                <PhoneNumber key={phone.number} number={phone.number} label={phone.label} />
              ))}
            </span>
          ),
      },
      {
        id: 'tier',
        title: t('field.tier'),
        cell: ({ tier }) => t(`tier.${tier}`),
        sort: ({ tier }) => tiers.indexOf(tier),
        hiddenAtFirst: true,
      },
      {
        id: 'segment',
        title: t('field.segment'),
        cell: ({ segment }) => segment,
        sort: ({ segment }) => segment,
        minor: true,
      },
      {
        id: 'tags',
        title: t('field.tags'),
        cell: ({ tags }) => tags.join(', '),
        minor: true,
      },
      {
        id: 'updatedAt',
        title: t('field.updatedAt'),
        cell: ({ updatedAt }) => <When at={updatedAt} />,
        sort: ({ updatedAt }) => updatedAt,
        minor: true,
      },
    ],
    [t],
  );
}
