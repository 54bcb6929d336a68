import { Button, Checkbox, Group } from '@mantine/core';
import { direction } from '@ringdesk/shared/interaction';
import { type Disposition, disposition, settingSubjects, wrapUpOutcome } from '@ringdesk/shared/settings';
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

const fresh: Disposition = {
  id: 'new',
  name: { ru: '', en: '' },
  directions: [...direction.options],
  outcomes: [...wrapUpOutcome.options],
  archived: false,
};

/** How a call can end, for agents to choose. */
export default function ResultsPage() {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const tabs = useTabs();
  const results = useItems<Disposition>({
    name: 'dispositions',
    read: readSetting.dispositions,
    write: (body) => call(settingSubjects.dispositions.write, { body }),
  });
  const [open, setOpen] = useState<Disposition | null>(null);
  const isNew = open?.id === fresh.id;
  const columns = useMemo(
    (): Column<Disposition>[] => [
      { id: 'name', title: t('name'), cell: ({ name }) => name[language] },
      {
        id: 'directions',
        title: t('directions'),
        cell: ({ directions }) => directions.map((one) => t(`direction.${one}`)).join(', '),
      },
      {
        id: 'outcomes',
        title: t('outcomes'),
        cell: ({ outcomes }) => outcomes.map((one) => t(`outcome.${one}`)).join(', '),
        minor: true,
      },
      { id: 'archived', title: t('state'), cell: ({ archived }) => (archived ? t('archived') : '') },
    ],
    [t, language],
  );
  const taken = (results.items ?? []).map(({ id }) => id);
  return (
    <TabbedPage
      title={t('title')}
      tabs={tabs}
      action={
        <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen(fresh)} data-testid="item-new">
          {t('newResult')}
        </Button>
      }
    >
      <DataTable
        id="setting-results"
        label={t('tab.results')}
        columns={columns}
        source={results.source}
        rowId={({ id }) => id}
        onOpen={setOpen}
        rowTestId="setting-row"
        empty={t('none')}
      />
      <ItemDialog
        title={t(isNew ? 'newResult' : 'tab.results')}
        values={open}
        version={results.version}
        schema={disposition}
        save={(said, basedOn) =>
          results.save(isNew ? { ...said, id: idFrom(said.name.en, taken) } : said, basedOn)
        }
        read={() => results.latest(open ?? fresh)}
        labels={{
          id: 'id',
          name: t('name'),
          directions: t('directions'),
          outcomes: t('outcomes'),
          archived: t('archived'),
        }}
        onClose={() => setOpen(null)}
      >
        {(form) => (
          <>
            <NameFields inputOf={(path) => form.getInputProps(path)} />
            <Checkbox.Group label={t('directions')} {...form.getInputProps('directions')}>
              <Group mt={4}>
                {direction.options.map((one) => (
                  <Checkbox key={one} value={one} label={t(`direction.${one}`)} />
                ))}
              </Group>
            </Checkbox.Group>
            <Checkbox.Group label={t('outcomes')} {...form.getInputProps('outcomes')}>
              <Group mt={4}>
                {wrapUpOutcome.options.map((one) => (
                  <Checkbox key={one} value={one} label={t(`outcome.${one}`)} />
                ))}
              </Group>
            </Checkbox.Group>
            <ArchivedSwitch input={form.getInputProps('archived', { type: 'checkbox' })} />
          </>
        )}
      </ItemDialog>
    </TabbedPage>
  );
}
