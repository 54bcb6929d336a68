import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { timeZone } from '@ringdesk/shared/calendar';
import { type Calendars, calendars, settingSubjects, time } from '@ringdesk/shared/settings';
import { IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { call } from '../../platform/api/call.ts';
import { useLanguage } from '../../platform/i18n/useLanguage.ts';
import { useLocale } from '../../platform/i18n/useLocale.ts';
import { ItemDialog } from '../../ui/form/ItemDialog.tsx';
import { TabbedPage } from '../../ui/TabbedPage.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { daysText, readDays, readWeek, weekdayText } from './calendarText.ts';
import { NameFields } from './NameFields.tsx';
import { idFrom, readSetting, useSetting } from './settingsApi.ts';
import { useItems } from './useItems.ts';
import { useTabs } from './useTabs.ts';

type HouseCalendar = Calendars['list'][number];
const weekdays = [1, 2, 3, 4, 5, 6, 7];
const days = z.string().refine((text) => readDays(text) !== null);
/** A calendar as it is written in the dialog. */
const written = z.object({
  id: z.string(),
  name: calendars.shape.list.element.shape.name,
  timeZone: z.union([z.literal(''), timeZone]),
  week: z.array(z.string()).refine((texts) => readWeek(texts) !== null),
  days,
});
type Written = z.infer<typeof written>;

function writtenOf(calendar: HouseCalendar): Written {
  return {
    id: calendar.id,
    name: calendar.name,
    timeZone: calendar.timeZone ?? '',
    week: weekdays.map((day) => weekdayText(calendar, day)),
    days: daysText(calendar),
  };
}
function calendarOf({ week, days: special, timeZone: zone, ...rest }: Written): HouseCalendar {
  return {
    ...rest,
    timeZone: zone === '' ? null : zone,
    week: readWeek(week) ?? [],
    days: readDays(special) ?? [],
  };
}
const office = ['09:00-18:00', '09:00-18:00', '09:00-18:00', '09:00-18:00', '09:00-18:00', '', ''];
const fresh: Written = { id: 'new', name: { ru: '', en: '' }, timeZone: '', week: office, days: '' };

/** The time zone of the house, and when it is open. */
export default function HoursPage() {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const tabs = useTabs();
  const clock = useSetting('time', readSetting.time);
  const kept = useItems<HouseCalendar>({
    name: 'calendars',
    read: readSetting.calendars,
    write: (body) => call(settingSubjects.calendars.write, { body }),
  });
  const [open, setOpen] = useState<Written | null>(null);
  const [place, setPlace] = useState<z.infer<typeof time> | null>(null);
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone'), []);
  const columns = useCalendarColumns();
  const choice = (kept.items ?? []).map(({ id, name }) => ({ value: id, label: name[language] }));
  return (
    <TabbedPage
      title={t('title')}
      tabs={tabs}
      action={
        <span>
          <Button
            variant="default"
            onClick={() => setPlace(clock.data?.value ?? null)}
            disabled={clock.data === undefined}
            mr={8}
          >
            {t('timeZoneIs', { zone: clock.data?.value.timeZone ?? '' })}
          </Button>
          <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen(fresh)} data-testid="item-new">
            {t('newCalendar')}
          </Button>
        </span>
      }
    >
      <DataTable
        id="setting-calendars"
        label={t('tab.hours')}
        columns={columns}
        source={kept.source}
        rowId={({ id }) => id}
        onOpen={(calendar) => setOpen(writtenOf(calendar))}
        rowTestId="setting-row"
        empty={t('noCalendars')}
      />
      <PlaceDialog
        value={place}
        version={clock.data?.version ?? 0}
        zones={zones}
        calendars={choice}
        onClose={() => setPlace(null)}
      />
      <CalendarDialog open={open} kept={kept} zones={zones} onClose={() => setOpen(null)} />
    </TabbedPage>
  );
}

interface CalendarProps {
  open: Written | null;
  kept: ReturnType<typeof useItems<HouseCalendar>>;
  zones: readonly string[];
  onClose: () => void;
}

/** One calendar: its name, its week, and the days that are otherwise. */
function CalendarDialog({ open, kept, zones, onClose }: CalendarProps) {
  const { t } = useTranslation('settings');
  const taken = (kept.items ?? []).map(({ id }) => id);
  return (
    <ItemDialog
      title={t(open?.id === fresh.id ? 'newCalendar' : 'calendar')}
      values={open}
      version={kept.version}
      schema={written}
      save={(said, basedOn) => {
        const id = said.id === fresh.id ? idFrom(said.name.en, taken) : said.id;
        return kept.save(calendarOf({ ...said, id }), basedOn);
      }}
      read={async () => {
        const { values, version } = await kept.latest(calendarOf(open ?? fresh));
        return { values: writtenOf(values), version };
      }}
      labels={{
        id: 'id',
        name: t('name'),
        timeZone: t('timeZone'),
        week: t('week'),
        days: t('specialDays'),
      }}
      onClose={onClose}
    >
      {(form) => (
        <>
          <NameFields inputOf={(path) => form.getInputProps(path)} />
          <Select
            searchable
            clearable
            label={t('timeZone')}
            placeholder={t('timeZoneOfHouse')}
            data={[...zones]}
            value={form.values.timeZone === '' ? null : form.values.timeZone}
            onChange={(zone) => form.setFieldValue('timeZone', zone ?? '')}
          />
          <Week
            texts={form.values.week}
            onChange={(texts) => form.setFieldValue('week', texts)}
            error={form.errors['week']}
          />
          <Textarea
            label={t('specialDays')}
            description={t('specialDaysText')}
            rows={4}
            {...form.getInputProps('days')}
          />
        </>
      )}
    </ItemDialog>
  );
}

interface WeekProps {
  texts: readonly string[];
  onChange: (texts: string[]) => void;
  error: React.ReactNode;
}

/** The hours of each weekday, as text. */
function Week({ texts, onChange, error }: WeekProps) {
  const { t } = useTranslation('settings');
  const locale = useLocale();
  const format = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  return (
    <fieldset>
      <legend>{t('week')}</legend>
      {weekdays.map((day) => (
        <TextInput
          key={day}
          // The 5th of January 2026 is a Monday.
          label={format.format(Date.UTC(2026, 0, 4 + day))}
          placeholder={t('closed')}
          size="xs"
          value={texts[day - 1] ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onChange(texts.map((text, at) => (at === day - 1 ? value : text)))
          }
        />
      ))}
      {error !== undefined && <p role="alert">{t('hoursWrong')}</p>}
    </fieldset>
  );
}

/** What the list of calendars says of each. */
function useCalendarColumns() {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  return useMemo(
    (): Column<HouseCalendar>[] => [
      { id: 'name', title: t('name'), cell: ({ name }) => name[language] },
      { id: 'zone', title: t('timeZone'), cell: ({ timeZone: zone }) => zone ?? '' },
      { id: 'days', title: t('specialDays'), cell: (one) => one.days.length, align: 'end' },
    ],
    [t, language],
  );
}

interface PlaceProps {
  value: z.infer<typeof time> | null;
  version: number;
  zones: readonly string[];
  calendars: readonly { value: string; label: string }[];
  onClose: () => void;
}

/** The time zone of the house, and its calendar. */
function PlaceDialog({ value, version, zones, calendars: known, onClose }: PlaceProps) {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  return (
    <ItemDialog
      title={t('timeZone')}
      values={value}
      version={version}
      schema={time}
      save={async (said, basedOn) => {
        await call(settingSubjects.time.write, { body: { value: said, basedOn } });
        await client.invalidateQueries({ queryKey: ['settings', 'time'] });
      }}
      read={async () => {
        const now = await readSetting.time();
        return { values: now.value, version: now.version };
      }}
      labels={{ timeZone: t('timeZone'), calendar: t('calendar') }}
      onClose={onClose}
    >
      {(form) => (
        <>
          <Select searchable label={t('timeZone')} data={[...zones]} {...form.getInputProps('timeZone')} />
          <Select
            clearable
            label={t('calendar')}
            placeholder={t('alwaysOpen')}
            data={[...known]}
            {...form.getInputProps('calendar')}
          />
        </>
      )}
    </ItemDialog>
  );
}
