import { Button, MultiSelect, TextInput } from '@mantine/core';
import { type Team, teamInput, teamsApi } from '@ringdesk/shared/team';
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
import { readTeams, useStaff, useTeams } from './usersApi.ts';
import { useTabs } from './useTabs.ts';

const fresh: Team = { id: '', version: 0, name: '', members: [], supervisors: [] };

/** Teams: how far the permissions that reach the team reach. */
export default function TeamsPage() {
  const { t } = useTranslation('users');
  const tabs = useTabs();
  const client = useQueryClient();
  const mayWrite = useMay()('users.write');
  const query = useTeams();
  const staff = useStaff().data;
  const [open, setOpen] = useState<Team | null>(null);
  const [values, setValues] = useState<ReturnType<typeof teamInput.parse> | null>(null);
  const columns = useMemo((): Column<Team>[] => {
    const names = (ids: readonly string[]) =>
      ids.map((id) => staff?.find((user) => user.id === id)?.name ?? id).join(', ');
    return [
      { id: 'name', title: t('name'), cell: ({ name }) => name, sort: ({ name }) => name },
      { id: 'supervisors', title: t('supervisors'), cell: ({ supervisors }) => names(supervisors) },
      { id: 'members', title: t('members'), cell: ({ members }) => names(members) },
    ];
  }, [t, staff]);
  const show = (team: Team) => {
    const { name, members, supervisors } = team;
    setOpen(team);
    setValues({ name, members, supervisors });
  };
  const close = () => {
    setOpen(null);
    setValues(null);
  };
  const reread = () => client.invalidateQueries({ queryKey: ['users', 'teams'] });
  const people = (staff ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <TabbedPage
      title={t('title')}
      tabs={tabs}
      action={
        mayWrite && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => show(fresh)} data-testid="team-new">
            {t('newTeam')}
          </Button>
        )
      }
    >
      <DataTable
        id="teams"
        label={t('tab.teams')}
        columns={columns}
        source={{ rows: query.data, failure: query.error, retry: () => void query.refetch() }}
        rowId={({ id }) => id}
        {...(mayWrite ? { onOpen: show } : {})}
        rowTestId="team-row"
        empty={t('noTeams')}
      />
      <ItemDialog
        title={t(open?.id === '' ? 'newTeam' : 'team')}
        values={values}
        version={open?.version ?? 0}
        schema={teamInput}
        save={async (body, basedOn) => {
          if (open === null || open.id === '') await call(teamsApi.create, { body });
          else await call(teamsApi.replace, { params: { id: open.id }, body: { ...body, basedOn } });
          await reread();
        }}
        read={async () => {
          const found = (await readTeams()).find(({ id }) => id === open?.id) ?? fresh;
          const { version, name, members, supervisors } = found;
          return { values: { name, members, supervisors }, version };
        }}
        labels={{ name: t('name'), members: t('members'), supervisors: t('supervisors') }}
        onClose={close}
      >
        {(form) => (
          <>
            <TextInput label={t('name')} {...form.getInputProps('name')} data-testid="team-name" />
            <MultiSelect
              searchable
              label={t('supervisors')}
              data={people}
              {...form.getInputProps('supervisors')}
            />
            <MultiSelect searchable label={t('members')} data={people} {...form.getInputProps('members')} />
            {open !== null && open.id !== '' && (
              <Button
                variant="subtle"
                color="red"
                size="compact-sm"
                onClick={() =>
                  void call(teamsApi.remove, { params: { id: open.id } })
                    .then(async () => {
                      close();
                      await reread();
                    })
                    .catch((failure: unknown) => notifyFailure(t('removeTeam'), failure))
                }
              >
                {t('removeTeam')}
              </Button>
            )}
          </>
        )}
      </ItemDialog>
    </TabbedPage>
  );
}
