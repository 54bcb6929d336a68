import { Button, Skeleton } from '@mantine/core';
import { IconArrowLeft, IconEdit, IconUserOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Unreachable } from '../../app/shell/Unreachable.tsx';
import { codeOf } from '../../platform/api/failure.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { TierMark } from '../../ui/TierMark.tsx';
import { Timeline } from '../desk/Timeline.tsx';
import { CustomerDialog } from './CustomerDialog.tsx';
import { CustomerFacts } from './CustomerFacts.tsx';
import { useCustomer, useTimeline } from './customerApi.ts';
import styles from './ProfilePage.module.css';

/** One customer: who they are, and everything that was between them and us. */
export default function ProfilePage() {
  const { t } = useTranslation('customers');
  const { id = '' } = useParams();
  const found = useCustomer(id);
  const timeline = useTimeline(id);
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
          {timeline.isPending && <Skeleton height={14} width="70%" />}
          {timeline.isError && !timeline.data && (
            <Unreachable failure={timeline.error} onRetry={() => void timeline.refetch()} />
          )}
          {timeline.data && (
            <Timeline
              interactions={timeline.data.pages.flatMap((page) => page.interactions)}
              known
              total={timeline.data.pages[0]?.total ?? 0}
              loading={timeline.isFetchingNextPage}
              onMore={timeline.hasNextPage ? () => timeline.fetchNextPage() : null}
            />
          )}
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
