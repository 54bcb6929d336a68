import { Button, Skeleton } from '@mantine/core';
import { IconArrowLeft, IconEdit, IconUserOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { codeOf } from '../../platform/api/failure.ts';
import { Slot } from '../../platform/slots.tsx';
import { usePageTitle } from '../../platform/title.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { TierMark } from '../../ui/TierMark.tsx';
import { Unreachable } from '../../ui/Unreachable.tsx';
import { CustomerDialog } from './CustomerDialog.tsx';
import { CustomerFacts } from './CustomerFacts.tsx';
import { useCustomer } from './customerApi.ts';
import styles from './ProfilePage.module.css';

/** One customer: who they are, and everything that was between them and us. */
export default function ProfilePage() {
  const { t } = useTranslation('customers');
  const { id = '' } = useParams();
  const found = useCustomer(id);
  usePageTitle(found.data?.name);
  const [editing, setEditing] = useState(false);
  if (found.isPending) return <Skeleton className={styles.skeleton ?? ''} height={26} width={280} />;
  if (found.isError && !found.data) {
    if (codeOf(found.error) === 'not-found') {
      return (
        <EmptyState icon={<IconUserOff size={28} />} title={t('gone')} text={t('goneText')}>
          <Link to="/customers">{t('title')}</Link>
        </EmptyState>
      );
    }
    return <Unreachable failure={found.error} onRetry={() => void found.refetch()} />;
  }
  const customer = found.data;
  return (
    <div className={styles.page}>
      <Link to="/customers" className={styles.back}>
        <IconArrowLeft size={14} aria-hidden="true" /> {t('title')}
      </Link>
      <header className={styles.top}>
        <h1 data-testid="profile-name">{customer.name}</h1>
        <TierMark tier={customer.tier} />
        <Button
          variant="default"
          size="xs"
          leftSection={<IconEdit size={14} />}
          onClick={() => setEditing(true)}
          data-testid="customer-edit"
        >
          {t('edit')}
        </Button>
      </header>
      <div className={styles.columns}>
        <CustomerFacts customer={customer} />
        <section className={styles.history} aria-label={t('history')}>
          <Slot name="customerProfile" of={{ customerId: customer.id }} />
        </section>
      </div>
      <CustomerDialog
        opened={editing}
        customer={customer}
        onClose={() => setEditing(false)}
        onSaved={() => setEditing(false)}
      />
    </div>
  );
}
