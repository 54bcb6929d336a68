import { Button, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import {
  type QueueDefaults,
  type QueueSetting,
  queueColor,
  queueDefaults,
  queueSetting,
  queueSettingsApi,
  serviceLevel,
  settingSubjects,
  wrapUpMode,
} from '@ringdesk/shared/settings';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../platform/api/call.ts';
import { useLanguage } from '../../platform/i18n/useLanguage.ts';
import { ItemDialog } from '../../ui/form/ItemDialog.tsx';
import { TabbedPage } from '../../ui/TabbedPage.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { readQueues, readSetting, useQueueSettings, useSetting } from './settingsApi.ts';
import { useTabs } from './useTabs.ts';

interface QueueRow {
  name: string;
  value: QueueSetting;
  version: number;
}
const queryKey = ['settings'];

/** How each queue is set, and what holds for all that say nothing else. */
export default function QueuesPage() {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const tabs = useTabs();
  const query = useQueueSettings();
  const defaults = useSetting('queueDefaults', readSetting.queueDefaults);
  const [open, setOpen] = useState<QueueRow | null>(null);
  const [general, setGeneral] = useState<QueueDefaults | null>(null);
  const holds = defaults.data?.value;
  const labels = useLabels();
  const columns = useQueueColumns(holds);
  const reread = () => client.invalidateQueries({ queryKey });
  return (
    <TabbedPage
      title={t('title')}
      tabs={tabs}
      action={
        <Button
          variant="default"
          onClick={() => setGeneral(holds ?? null)}
          disabled={holds === undefined}
          data-testid="queue-defaults"
        >
          {t('forAll')}
        </Button>
      }
    >
      <DataTable
        id="setting-queues"
        label={t('tab.queues')}
        columns={columns}
        source={{ rows: query.data, failure: query.error, retry: () => void query.refetch() }}
        rowId={({ name }) => name}
        onOpen={setOpen}
        rowTestId="queue-row"
        empty={t('noQueues')}
      />
      <ItemDialog
        title={t('forAll')}
        values={general}
        version={defaults.data?.version ?? 0}
        schema={queueDefaults}
        save={async (value, basedOn) => {
          await call(settingSubjects.queueDefaults.write, { body: { value, basedOn } });
          await reread();
        }}
        read={async () => {
          const { value, version } = await readSetting.queueDefaults();
          return { values: value, version };
        }}
        labels={labels}
        onClose={() => setGeneral(null)}
      >
        {(form) => <QueueNumbers input={(name) => form.getInputProps(name)} holds={undefined} />}
      </ItemDialog>
      <QueueDialog open={open} holds={holds} reread={reread} onClose={() => setOpen(null)} />
    </TabbedPage>
  );
}

interface QueueProps {
  open: QueueRow | null;
  /** What holds where the queue says nothing. */
  holds: QueueDefaults | undefined;
  reread: () => Promise<void>;
  onClose: () => void;
}

/** One queue: what it is called, and what it has of its own. */
function QueueDialog({ open, holds, reread, onClose }: QueueProps) {
  const { t } = useTranslation('settings');
  const labels = useLabels();
  return (
    <ItemDialog
      title={open?.name ?? ''}
      values={open?.value ?? null}
      version={open?.version ?? 0}
      schema={queueSetting}
      save={async (value, basedOn) => {
        const params = { name: open?.name ?? '' };
        await call(queueSettingsApi.write, { params, body: { value, basedOn } });
        await reread();
      }}
      read={async () => {
        const found = (await readQueues()).find(({ name }) => name === open?.name);
        if (found === undefined) throw new Error('The queue is not there any more');
        return { values: found.value, version: found.version };
      }}
      labels={labels}
      onClose={onClose}
    >
      {(form) => (
        <>
          {(['ru', 'en'] as const).map((one) => (
            <TextInput
              key={one}
              label={t(one === 'ru' ? 'nameRu' : 'nameEn')}
              placeholder={open?.name ?? ''}
              value={form.values.title?.[one] ?? ''}
              onChange={({ currentTarget: { value } }) => {
                const title = { ru: '', en: '', ...form.values.title, [one]: value };
                form.setFieldValue('title', title.ru === '' && title.en === '' ? null : title);
              }}
              error={form.errors[`title.${one}`]}
              data-testid={`title-${one}`}
            />
          ))}
          <Select
            label={t('color')}
            clearable
            data={queueColor.options.map((value) => ({ value, label: t(`colors.${value}`) }))}
            {...form.getInputProps('color')}
          />
          <QueueNumbers input={(name) => form.getInputProps(name)} holds={holds} />
          <ResultsOfQueue input={form.getInputProps('dispositions')} value={form.values.dispositions} />
        </>
      )}
    </ItemDialog>
  );
}

function useLabels() {
  const { t } = useTranslation('settings');
  return {
    title: t('name'),
    color: t('color'),
    thresholdSeconds: t('threshold'),
    serviceLevel: t('level'),
    shortAbandonSeconds: t('shortAbandon'),
    wrapUpMode: t('wrapUpMode'),
    wrapUpLimitMs: t('wrapUpLimit'),
    dispositions: t('tab.results'),
    calendar: t('calendar'),
  };
}

interface FieldProps {
  value?: unknown;
  onChange?: (value: unknown) => void;
  error?: React.ReactNode;
}

/** @param holds what holds where the queue says nothing; undefined: each has to be said */
function QueueNumbers({
  input,
  holds,
}: {
  input: (name: keyof QueueDefaults) => FieldProps;
  holds: QueueDefaults | undefined;
}) {
  const { t } = useTranslation('settings');
  const number = (name: 'thresholdSeconds' | 'shortAbandonSeconds' | 'wrapUpLimitMs', unitMs = 1) => {
    const { value, onChange, error } = input(name);
    return {
      value: typeof value === 'number' ? value / unitMs : '',
      placeholder: holds === undefined ? '' : String(holds[name] / unitMs),
      onChange: (said: string | number) => onChange?.(said === '' ? null : Number(said) * unitMs),
      error,
      min: 0,
      allowDecimal: false,
    };
  };
  const select = (name: 'serviceLevel' | 'wrapUpMode') => {
    const { value, onChange, error } = input(name);
    return {
      value: typeof value === 'string' ? value : null,
      onChange: (said: string | null) => onChange?.(said),
      error,
      clearable: holds !== undefined,
      placeholder: holds === undefined ? '' : t('asAll'),
    };
  };
  return (
    <>
      <NumberInput label={t('threshold')} {...number('thresholdSeconds')} />
      <Select
        label={t('level')}
        data={serviceLevel.options.map((value) => ({ value, label: t(`variant.${value}`) }))}
        {...select('serviceLevel')}
      />
      <NumberInput label={t('shortAbandon')} {...number('shortAbandonSeconds')} />
      <Select
        label={t('wrapUpMode')}
        data={wrapUpMode.options.map((value) => ({ value, label: t(`mode.${value}`) }))}
        {...select('wrapUpMode')}
        data-testid="wrapup-mode"
      />
      <NumberInput label={t('wrapUpLimit')} {...number('wrapUpLimitMs', 1000)} data-testid="wrapup-limit" />
    </>
  );
}

function ResultsOfQueue({ input, value }: { input: FieldProps; value: string[] | null }) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const results = useSetting('dispositions', readSetting.dispositions);
  return (
    <MultiSelect
      label={t('resultsOfQueue')}
      placeholder={value === null ? t('all') : ''}
      clearable
      searchable
      data={(results.data?.value.list ?? [])
        .filter(({ archived }) => !archived)
        .map(({ id, name }) => ({ value: id, label: name[language] }))}
      value={value ?? []}
      onChange={(ids) => input.onChange?.(ids.length === 0 ? null : ids)}
      error={input.error}
    />
  );
}

/** What the list of queues says of each. @param holds what holds for all that say nothing else */
function useQueueColumns(holds: QueueDefaults | undefined) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  return useMemo(
    (): Column<QueueRow>[] => [
      { id: 'name', title: t('queue'), cell: ({ name, value }) => value.title?.[language] ?? name },
      {
        id: 'level',
        title: t('level'),
        cell: ({ value }) =>
          t('levelOf', {
            variant: t(`variant.${value.serviceLevel ?? holds?.serviceLevel ?? 'negative'}`),
            seconds: value.thresholdSeconds ?? holds?.thresholdSeconds ?? '',
          }),
      },
      {
        id: 'wrapUp',
        title: t('wrapUpLimit'),
        cell: ({ value }) => {
          const mode = value.wrapUpMode ?? holds?.wrapUpMode ?? 'timed';
          const limitMs = value.wrapUpLimitMs ?? holds?.wrapUpLimitMs ?? 0;
          return mode === 'timed' ? t('seconds', { count: limitMs / 1000 }) : t(`mode.${mode}`);
        },
      },
    ],
    [t, language, holds],
  );
}
