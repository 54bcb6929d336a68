import { Button, TextInput } from '@mantine/core';
import { permissions } from '@ringdesk/shared/permission';
import { type HouseRole, type RoleInput, roleInput, rolesApi } from '@ringdesk/shared/team';
import { IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../platform/api/call.ts';
import { useMay } from '../../platform/session/session.ts';
import { ItemDialog } from '../../ui/form/ItemDialog.tsx';
import { notifyFailure } from '../../ui/notifyFailure.ts';
import { TabbedPage } from '../../ui/TabbedPage.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { GrantsField, keyOf } from './GrantsField.tsx';
import { readRoles, useRoleNames, useRoles } from './usersApi.ts';
import { useTabs } from './useTabs.ts';

const fresh: HouseRole = { id: '', version: 0, name: '', grants: {}, builtIn: false };

/** Roles: the built-in ones, and those of the house's own. */
export default function RolesPage() {
  const { t } = useTranslation('users');
  const tabs = useTabs();
  const client = useQueryClient();
  const may = useMay();
  const query = useRoles();
  const [open, setOpen] = useState<HouseRole | null>(null);
  const [values, setValues] = useState<RoleInput | null>(null);
  const columns = useRoleColumns();
  const show = (role: HouseRole) => {
    if (role.builtIn || !may('users.write')) return;
    setOpen(role);
    setValues({ name: role.name, grants: role.grants });
  };
  const close = () => {
    setOpen(null);
    setValues(null);
  };
  const reread = () => client.invalidateQueries({ queryKey: ['users'] });
  return (
    <TabbedPage
      title={t('title')}
      tabs={tabs}
      action={
        may('users.write') && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => show(fresh)} data-testid="role-new">
            {t('newRole')}
          </Button>
        )
      }
    >
      <DataTable
        id="roles"
        label={t('tab.roles')}
        columns={columns}
        source={{ rows: query.data, failure: query.error, retry: () => void query.refetch() }}
        rowId={({ id }) => id}
        onOpen={show}
        rowTestId="role-row"
        empty={null}
      />
      <ItemDialog
        title={t(open?.id === '' ? 'newRole' : 'role')}
        values={values}
        version={open?.version ?? 0}
        schema={roleInput}
        save={async (body, basedOn) => {
          if (open === null || open.id === '') await call(rolesApi.create, { body });
          else await call(rolesApi.replace, { params: { id: open.id }, body: { ...body, basedOn } });
          await reread();
        }}
        read={async () => {
          const { version, name, grants } = (await readRoles()).find(({ id }) => id === open?.id) ?? fresh;
          return { values: { name, grants }, version };
        }}
        labels={{ name: t('name'), grants: t('permissions') }}
        onClose={close}
      >
        {(form) => (
          <>
            <TextInput label={t('name')} {...form.getInputProps('name')} data-testid="role-name" />
            <GrantsField
              value={form.values.grants}
              onChange={(grants) => form.setFieldValue('grants', () => grants)}
              mayGive={may}
            />
            {open !== null && open.id !== '' && (
              <Button
                variant="subtle"
                color="red"
                size="compact-sm"
                onClick={() =>
                  void call(rolesApi.remove, { params: { id: open.id } })
                    .then(async () => {
                      close();
                      await reread();
                    })
                    .catch((failure: unknown) => notifyFailure(t('removeRole'), failure))
                }
              >
                {t('removeRole')}
              </Button>
            )}
          </>
        )}
      </ItemDialog>
    </TabbedPage>
  );
}

/** What the list of roles says of each. */
function useRoleColumns() {
  const { t } = useTranslation('users');
  const roleName = useRoleNames();
  const known = useRoles().data;
  // biome-ignore lint/correctness/useExhaustiveDependencies: names of roles are a new function at each drawing
  return useMemo(
    (): Column<HouseRole>[] => [
      { id: 'name', title: t('name'), cell: ({ id }) => roleName(id) },
      {
        id: 'grants',
        title: t('permissions'),
        cell: ({ grants }) =>
          permissions
            .filter((one) => grants[one] !== undefined)
            .map((one) => t(`permission.${keyOf(one)}`))
            .join(', '),
      },
      {
        id: 'kind',
        title: t('state'),
        cell: ({ builtIn }) => (builtIn ? t('builtIn') : ''),
        width: '120px',
      },
    ],
    [t, known],
  );
}
