import { Button, Popover } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../platform/i18n/useLocale.ts';
import { useServerNow } from '../../platform/live/useServerNow.ts';
import { useBusinessZone } from '../../platform/session/businessZone.ts';
import styles from './PeriodPicker.module.css';
import { type Days, dayAt, daysOf, namedPeriods, type Period } from './period.ts';

/** Fetched when somebody chooses days: few do. */
const RangeCalendar = lazy(() => import('./RangeCalendar.tsx'));

interface Props {
  /** null: any time. */
  value: Period | null;
  onChange: (period: Period | null) => void;
  /** Any time can be chosen. */
  clearable?: boolean;
}

/** Chooses a period by its name, or its days in a calendar. */
export function PeriodPicker({ value, onChange, clearable = false }: Props) {
  const { t } = useTranslation('pieces');
  const days = usePeriodDays(value);
  const text = usePeriodText(value);
  const [opened, setOpened] = useState(false);
  function choose(period: Period | null) {
    onChange(period);
    setOpened(false);
  }
  return (
    <Popover position="bottom-start" shadow="md" trapFocus returnFocus opened={opened} onChange={setOpened}>
      <Popover.Target>
        <Button
          variant="default"
          fw={400}
          leftSection={<IconCalendar size={16} aria-hidden="true" />}
          onClick={() => setOpened(!opened)}
          data-testid="period"
        >
          <span className={styles.spoken}>{t('period.label')}: </span>
          {text}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('period.label')} className={styles.menu ?? ''}>
        <ul className={styles.names}>
          {clearable && (
            <Named title={t('period.any')} chosen={value === null} onChoose={() => choose(null)} />
          )}
          {namedPeriods.map((kind) => (
            <Named
              key={kind}
              title={t(`period.${kind}`)}
              chosen={value?.kind === kind}
              onChoose={() => choose({ kind })}
            />
          ))}
        </ul>
        <Suspense fallback={<div className={styles.calendar} />}>
          <RangeCalendar value={days} onChange={(own) => choose({ kind: 'own', ...own })} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}

function Named({ title, chosen, onChoose }: { title: string; chosen: boolean; onChoose: () => void }) {
  return (
    <li>
      <button type="button" aria-pressed={chosen} onClick={onChoose}>
        {title}
      </button>
    </li>
  );
}

/** The days of a period as it is now where the business is; null for any time. */
export function usePeriodDays(period: Period | null): Days | null {
  const zone = useBusinessZone();
  const today = dayAt(useServerNow(), zone);
  return period && daysOf(period, today);
}

/** A period as a person says it: by its name, or by its days. */
function usePeriodText(period: Period | null): string {
  const { t } = useTranslation('pieces');
  const locale = useLocale();
  if (period === null) return t('period.any');
  if (period.kind !== 'own') return t(`period.${period.kind}`);
  // The days stand for themselves, in no zone.
  const format = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return format.formatRange(new Date(period.from), new Date(period.to));
}
