import { Button } from '@mantine/core';
import { IconPlus, IconUserSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { z } from 'zod';
import { useMay } from '../../platform/session/session.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FilterBar, FilterText } from '../../ui/filters/FilterBar.tsx';
import { useFilters } from '../../ui/filters/useFilters.ts';
import { useDialogInAddress } from '../../ui/form/useDialogInAddress.ts';
import page from '../../ui/ListPage.module.css';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { useSettled } from '../../ui/useSettled.ts';
import { CustomerDialog } from './CustomerDialog.tsx';
import { useCustomerSearch } from './customerApi.ts';
import { useCustomerColumns } from './customerColumns.tsx';

const shownAtOnce = 100;
const filterSchema = z.object({ q: z.string().default('') });

/** Everyone whom we know: search by name, company, number, e-mail; without a search those changed last. */
export default function CustomersPage() {
  const { t } = useTranslation('customers');
  const navigate = useNavigate();
  const may = useMay();
  const state = useFilters(filterSchema);
  const { q } = state.filters;
  const wanted = useSettled(q.trim(), 180);
  const found = useCustomerSearch(wanted, shownAtOnce);
  const columns = useCustomerColumns();
  const [adding, setAdding] = useDialogInAddress('new');
  const cut = found.data?.length === shownAtOnce;
  return (
    <div className={page.page}>
      <header className={page.top}>
        <h1>{t('title')}</h1>
        {may('customers.write') && (
          <Button
            leftSection={<IconPlus size={16} />}
            onClick={() => setAdding(true)}
            data-testid="customer-new"
          >
            {t('new')}
          </Button>
        )}
      </header>
      <DataTable
        id="customers"
        label={t('title')}
        columns={columns}
        source={{
          rows: found.data,
          failure: found.error,
          retry: () => void found.refetch(),
          // Of a part of the list no order is the list's: what is found best, or changed last, stays on top.
          hasMore: cut,
        }}
        rowId={({ id }) => id}
        rowLink={({ id }) => `/customers/${id}`}
        rowTestId="customer-row"
        note={cut ? t('more', { count: shownAtOnce }) : null}
        bar={
          <FilterBar state={state}>
            <FilterText
              label={t('search')}
              value={q}
              onChange={(text) => state.set({ q: text })}
              autoFocus
              testId="customer-search"
            />
          </FilterBar>
        }
        empty={
          <EmptyState
            icon={<IconUserSearch size={28} />}
            title={t(wanted === '' ? 'empty' : 'nothingFound')}
            text={t(wanted === '' ? 'emptyText' : 'nothingFoundText')}
          />
        }
      />
      <CustomerDialog
        opened={adding}
        customer={null}
        onClose={() => setAdding(false)}
        onSaved={({ id }) => void navigate(`/customers/${id}`)}
      />
    </div>
  );
}
