import { Button, Select, Switch } from '@mantine/core';
import { type Reason, reason, settingSubjects } from '@ringdesk/shared/settings';
import { IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../platform/api/call.ts';
import { useLanguage } from '../../platform/i18n/useLanguage.ts';
import { ItemDialog } from '../../ui/form/ItemDialog.tsx';
import { TabbedPage } from '../../ui/TabbedPage.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { ArchivedSwitch } from './ArchivedSwitch.tsx';
import { NameFields } from './NameFields.tsx';
import { linesOf, parentOf, type ReasonLine, withReason } from './reasonTree.ts';
import { idFrom, readSetting, useSetting } from './settingsApi.ts';
import { useTabs } from './useTabs.ts';

const fresh: ReasonLine = {
  path: '',
  depth: 0,
  reason: { id: 'new', name: { ru: '', en: '' }, notAtFirstContact: false, archived: false, children: [] },
};
const queryKey = ['settings', 'reasons'];

/** Why customers call: a tree. */
export default function ReasonsPage() {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const tabs = useTabs();
  const query = useSetting('reasons', readSetting.reasons);
  const [open, setOpen] = useState<ReasonLine | null>(null);
  const [parent, setParent] = useState('');
  const tree = query.data?.value.tree;
  const lines = useMemo(() => (tree === undefined ? undefined : linesOf(tree)), [tree]);
  const isNew = open?.path === '';
  const columns = useReasonColumns();

  async function save(said: Reason, basedOn: number): Promise<void> {
    const now = (client.getQueryData<typeof query.data>(queryKey) ?? query.data)?.value.tree ?? [];
    const above = isNew ? parent : parentOf(open?.path ?? '');
    const taken = linesOf(now)
      .filter(({ path }) => parentOf(path) === above)
      .map((line) => line.reason.id);
    const item = isNew ? { ...said, id: idFrom(said.name.en, taken) } : said;
    const value = { tree: withReason(now, above, item) };
    await call(settingSubjects.reasons.write, { body: { value, basedOn } });
    await client.invalidateQueries({ queryKey });
  }

  async function latest() {
    const { value, version } = await client.fetchQuery({
      queryKey,
      queryFn: readSetting.reasons,
      staleTime: 0,
    });
    const found = linesOf(value.tree).find(({ path }) => path === open?.path);
    return { values: (found ?? open ?? fresh).reason, version };
  }

  return (
    <TabbedPage
      title={t('title')}
      tabs={tabs}
      action={
        <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen(fresh)} data-testid="item-new">
          {t('newReason')}
        </Button>
      }
    >
      <DataTable
        id="setting-reasons"
        label={t('tab.reasons')}
        columns={columns}
        source={{ rows: lines, failure: query.error, retry: () => void query.refetch() }}
        rowId={({ path }) => path}
        onOpen={setOpen}
        rowTestId="setting-row"
        empty={t('none')}
      />
      <ItemDialog
        title={t(isNew ? 'newReason' : 'tab.reasons')}
        values={open?.reason ?? null}
        version={query.data?.version ?? 0}
        schema={reason}
        save={save}
        read={latest}
        labels={{
          id: 'id',
          name: t('name'),
          notAtFirstContact: t('notAtFirstContact'),
          archived: t('archived'),
          children: t('tab.reasons'),
        }}
        onClose={() => setOpen(null)}
      >
        {(form) => (
          <>
            <NameFields inputOf={(path) => form.getInputProps(path)} />
            {isNew && <Below lines={lines ?? []} parent={parent} onChange={setParent} />}
            <Switch
              label={t('notAtFirstContact')}
              description={t('notAtFirstContactText')}
              {...form.getInputProps('notAtFirstContact', { type: 'checkbox' })}
            />
            <ArchivedSwitch input={form.getInputProps('archived', { type: 'checkbox' })} />
          </>
        )}
      </ItemDialog>
    </TabbedPage>
  );
}

interface BelowProps {
  lines: readonly ReasonLine[];
  parent: string;
  onChange: (path: string) => void;
}

/** Below which reason a new one stands. */
function Below({ lines, parent, onChange }: BelowProps) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  return (
    <Select
      label={t('below')}
      placeholder={t('belowNothing')}
      clearable
      data={lines.map((line) => ({
        value: line.path,
        label: `${'— '.repeat(line.depth)}${line.reason.name[language]}`,
      }))}
      value={parent === '' ? null : parent}
      onChange={(path) => onChange(path ?? '')}
    />
  );
}

/** What the list of reasons says of each. */
function useReasonColumns() {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  return useMemo(
    (): Column<ReasonLine>[] => [
      {
        id: 'name',
        title: t('name'),
        cell: ({ depth, reason: { name } }) => (
          <span style={{ paddingInlineStart: depth * 20 }}>{name[language]}</span>
        ),
      },
      {
        id: 'first',
        title: t('firstContact'),
        cell: ({ reason: { notAtFirstContact } }) => (notAtFirstContact ? t('notAtFirstContact') : ''),
      },
      {
        id: 'archived',
        title: t('state'),
        cell: ({ reason: { archived } }) => (archived ? t('archived') : ''),
      },
    ],
    [t, language],
  );
}
