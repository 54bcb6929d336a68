import type { KnownPhone } from '@ringdesk/shared/staff';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { TabbedPage } from '../../ui/TabbedPage.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { usePhones, useStaff } from './usersApi.ts';
import { useTabs } from './useTabs.ts';

/** The phones and lines of the PBXs: whose each is taken for, why, and what is in doubt. */
export default function PhonesPage() {
  const { t } = useTranslation('users');
  const tabs = useTabs();
  const query = usePhones();
  const staff = useStaff().data;
  const columns = useMemo((): Column<KnownPhone>[] => {
    const nameOf = (agent: string) => staff?.find((user) => user.agent === agent)?.name ?? agent;
    return [
      { id: 'device', title: t('phone'), cell: ({ device }) => device, sort: ({ device }) => device },
      { id: 'pbx', title: t('pbx'), cell: ({ pbx }) => pbx, sort: ({ pbx }) => pbx, minor: true },
      {
        id: 'agent',
        title: t('whose'),
        cell: ({ agent }) => (agent === null ? <span className="quiet">{t('line')}</span> : nameOf(agent)),
        sort: ({ agent }) => agent,
      },
      {
        id: 'doubt',
        title: t('doubt'),
        cell: ({ doubt }) => (doubt === null ? '' : t(`doubts.${doubt}`)),
        sort: ({ doubt }) => doubt,
      },
      { id: 'why', title: t('why'), cell: ({ why }) => why, minor: true },
    ];
  }, [t, staff]);
  return (
    <TabbedPage title={t('title')} tabs={tabs}>
      <DataTable
        id="phones"
        label={t('tab.phones')}
        columns={columns}
        source={{ rows: query.data, failure: query.error, retry: () => void query.refetch() }}
        rowId={({ pbx, device }) => `${pbx} ${device}`}
        rowTestId="phone-row"
        empty={t('noPhones')}
      />
    </TabbedPage>
  );
}
