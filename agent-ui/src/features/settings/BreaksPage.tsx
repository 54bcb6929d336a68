import { Button, NumberInput } from '@mantine/core';
import { type Breaks, breakKind, settingSubjects } from '@ringdesk/shared/settings';
import { IconPlus } from '@tabler/icons-react';
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
import { idFrom, readSetting } from './settingsApi.ts';
import { useItems } from './useItems.ts';
import { useTabs } from './useTabs.ts';

type BreakKind = Breaks['list'][number];
const fresh: BreakKind = { id: 'new', name: { ru: '', en: '' }, limitMs: null, archived: false };
const minuteMs = 60_000;

/** The breaks that agents can take. */
export default function BreaksPage() {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const tabs = useTabs();
  const kinds = useItems<BreakKind>({
    name: 'breaks',
    read: readSetting.breaks,
    write: (body) => call(settingSubjects.breaks.write, { body }),
  });
  const [open, setOpen] = useState<BreakKind | null>(null);
  const isNew = open?.id === fresh.id;
  const columns = useMemo(
    (): Column<BreakKind>[] => [
      { id: 'name', title: t('name'), cell: ({ name }) => name[language] },
      {
        id: 'limit',
        title: t('breakLimit'),
        cell: ({ limitMs }) =>
          limitMs === null ? t('noLimit') : t('minutes', { count: Math.round(limitMs / minuteMs) }),
      },
      { id: 'archived', title: t('state'), cell: ({ archived }) => (archived ? t('archived') : '') },
    ],
    [t, language],
  );
  const taken = (kinds.items ?? []).map(({ id }) => id);
  return (
    <TabbedPage
      title={t('title')}
      tabs={tabs}
      action={
        <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen(fresh)} data-testid="item-new">
          {t('newBreak')}
        </Button>
      }
    >
      <DataTable
        id="setting-breaks"
        label={t('tab.breaks')}
        columns={columns}
        source={kinds.source}
        rowId={({ id }) => id}
        onOpen={setOpen}
        rowTestId="setting-row"
        empty={t('none')}
      />
      <ItemDialog
        title={t(isNew ? 'newBreak' : 'tab.breaks')}
        values={open}
        version={kinds.version}
        schema={breakKind}
        save={(said, basedOn) =>
          kinds.save(isNew ? { ...said, id: idFrom(said.name.en, taken) } : said, basedOn)
        }
        read={() => kinds.latest(open ?? fresh)}
        labels={{ id: 'id', name: t('name'), limitMs: t('breakLimit'), archived: t('archived') }}
        onClose={() => setOpen(null)}
      >
        {(form) => (
          <>
            <NameFields inputOf={(path) => form.getInputProps(path)} />
            <NumberInput
              label={t('breakLimitMinutes')}
              placeholder={t('noLimit')}
              min={1}
              max={1440}
              value={form.values.limitMs === null ? '' : form.values.limitMs / minuteMs}
              onChange={(minutes) =>
                form.setFieldValue('limitMs', minutes === '' ? null : Number(minutes) * minuteMs)
              }
              error={form.errors['limitMs']}
            />
            <ArchivedSwitch input={form.getInputProps('archived', { type: 'checkbox' })} />
          </>
        )}
      </ItemDialog>
    </TabbedPage>
  );
}
