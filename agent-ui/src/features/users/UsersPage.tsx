import { Button } from '@mantine/core';
import type { StaffMember } from '@ringdesk/shared/staff';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../platform/session/session.ts';
import { FormDialog } from '../../ui/form/FormDialog.tsx';
import { TabbedPage } from '../../ui/TabbedPage.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { SecretDialog } from './SecretDialog.tsx';
import { UserForm } from './UserForm.tsx';
import { useRoleNames, useStaff } from './usersApi.ts';
import { useTabs } from './useTabs.ts';

/** Everybody who works here. */
export default function UsersPage() {
  const { t } = useTranslation('users');
  const tabs = useTabs();
  const mayWrite = useMay()('users.write');
  const query = useStaff();
  const roleName = useRoleNames();
  const [open, setOpen] = useState<StaffMember | 'new' | null>(null);
  const [token, setToken] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: names of roles are a new function at each drawing
  const columns = useMemo(
    (): Column<StaffMember>[] => [
      { id: 'name', title: t('name'), cell: ({ name }) => name, sort: ({ name }) => name },
      { id: 'login', title: t('login'), cell: ({ login }) => login, sort: ({ login }) => login },
      {
        id: 'role',
        title: t('role'),
        cell: ({ role }) => roleName(role),
        sort: ({ role }) => roleName(role),
      },
      { id: 'agent', title: t('agent'), cell: ({ agent }) => agent ?? '', sort: ({ agent }) => agent },
      { id: 'device', title: t('device'), cell: ({ device }) => device ?? '', minor: true },
      {
        id: 'state',
        title: t('state'),
        cell: ({ disabled, invitedUntil }) =>
          disabled ? t('disabled') : invitedUntil === null ? '' : t('invited'),
      },
    ],
    [t, query.data, roleName('')],
  );
  return (
    <TabbedPage
      title={t('title')}
      tabs={tabs}
      action={
        mayWrite && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen('new')} data-testid="user-new">
            {t('newUser')}
          </Button>
        )
      }
    >
      <DataTable
        id="users"
        label={t('tab.users')}
        columns={columns}
        source={{ rows: query.data, failure: query.error, retry: () => void query.refetch() }}
        rowId={({ id }) => id}
        {...(mayWrite ? { onOpen: setOpen } : {})}
        rowTestId="user-row"
        empty={null}
      />
      <FormDialog
        opened={open !== null}
        title={t(open === 'new' ? 'newUser' : 'user')}
        onClose={() => setOpen(null)}
      >
        {(dialog) =>
          open !== null && <UserForm user={open === 'new' ? null : open} dialog={dialog} onLink={setToken} />
        }
      </FormDialog>
      <SecretDialog
        title={t('link')}
        text={t('linkText')}
        secret={token === null ? null : `${window.location.origin}/invitation#${token}`}
        onClose={() => setToken(null)}
      />
    </TabbedPage>
  );
}
