import { Button, Skeleton, TextInput } from '@mantine/core';
import { IconPlus, IconSearch, IconUserSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Unreachable } from '../../ui/Unreachable.tsx';
import { useSettled } from '../../ui/useSettled.ts';
import { CustomerDialog } from './CustomerDialog.tsx';
import styles from './CustomersPage.module.css';
import { CustomerTable } from './CustomerTable.tsx';
import { useCustomerSearch } from './customerApi.ts';

const shownAtOnce = 50;

/** Everyone whom we know: search by name, company, number, e-mail; without a search those changed last. */
export default function CustomersPage() {
  const { t } = useTranslation('customers');
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const text = params.get('q') ?? '';
  const wanted = useSettled(text.trim(), 180);
  const found = useCustomerSearch(wanted, shownAtOnce);
  const [adding, setAdding] = useState(false);
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <h1>{t('title')}</h1>
        <TextInput
          className={styles.search ?? ''}
          leftSection={<IconSearch size={16} />}
          placeholder={t('search')}
          aria-label={t('search')}
          value={text}
          onChange={(event) =>
            setParams(event.currentTarget.value ? { q: event.currentTarget.value } : {}, { replace: true })
          }
          autoFocus
          spellCheck={false}
          data-testid="customer-search"
        />
        <Button
          leftSection={<IconPlus size={16} />}
          onClick={() => setAdding(true)}
          data-testid="customer-new"
        >
          {t('new')}
        </Button>
      </header>
      {found.isPending && <Skeleton height={14} width="60%" mt={20} />}
      {found.isError && !found.data && (
        <Unreachable failure={found.error} onRetry={() => void found.refetch()} />
      )}
      {found.data?.length === 0 && (
        <EmptyState
          icon={<IconUserSearch size={28} />}
          title={t(wanted === '' ? 'empty' : 'nothingFound')}
          text={t(wanted === '' ? 'emptyText' : 'nothingFoundText')}
        />
      )}
      {found.data && found.data.length > 0 && <CustomerTable customers={found.data} />}
      {found.data?.length === shownAtOnce && (
        <p className={styles.more}>{t('more', { count: shownAtOnce })}</p>
      )}
      <CustomerDialog
        opened={adding}
        customer={null}
        onClose={() => setAdding(false)}
        onSaved={({ id }) => void navigate(`/customers/${id}`)}
      />
    </div>
  );
}
