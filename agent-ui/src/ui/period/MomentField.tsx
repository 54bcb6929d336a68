import { DateTimePicker } from '@mantine/dates';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCalendar } from './calendar.ts';

interface Props {
  label: string;
  /** ISO 8601 in UTC, or null. */
  value: string | null;
  onChange: (value: string | null) => void;
  error?: ReactNode;
  description?: string;
  path?: string;
}

/** The time of a day that was chosen without one. */
const morning = '09:00';

/** A day and a time of it, where the reader is. */
export function MomentField({ label, value, onChange, error, description, path }: Props) {
  const { t } = useTranslation('pieces');
  const { locale, ...calendar } = useCalendar();
  return (
    <DateTimePicker
      label={label}
      description={description}
      locale={locale}
      {...calendar}
      valueFormat={locale === 'ru' ? 'D MMMM YYYY, HH:mm' : 'D MMM YYYY, HH:mm'}
      value={value === null ? null : localText(new Date(value))}
      onChange={(text) => onChange(text === null ? null : new Date(text.replace(' ', 'T')).toISOString())}
      error={error}
      clearable
      clearButtonProps={{ 'aria-label': t('calendar.clear') }}
      submitButtonProps={{ 'aria-label': t('calendar.submit') }}
      defaultTimeValue={morning}
      timePickerProps={{ 'aria-label': t('calendar.time') }}
      data-path={path}
    />
  );
}

/** As Mantine's calendars have it: the time where the reader is, without a zone. */
function localText(at: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:00`;
}
