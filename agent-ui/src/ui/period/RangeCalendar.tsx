import { DatePicker } from '@mantine/dates';
import { useState } from 'react';
import { useCalendar } from './calendar.ts';
import type { Days } from './period.ts';

interface Props {
  value: Days | null;
  onChange: (days: Days) => void;
}

/** First and last day of a period, by two presses; the same day twice is that day. */
export default function RangeCalendar({ value, onChange }: Props) {
  const calendar = useCalendar();
  const [begun, setBegun] = useState<string | null>(null);
  return (
    <DatePicker
      type="range"
      allowSingleDateInRange
      {...calendar}
      {...(value && { defaultDate: value.from })}
      value={begun === null ? [value?.from ?? null, value?.to ?? null] : [begun, null]}
      onChange={([from, to]) => {
        setBegun(from !== null && to === null ? from : null);
        if (from !== null && to !== null) onChange({ from, to });
      }}
    />
  );
}
