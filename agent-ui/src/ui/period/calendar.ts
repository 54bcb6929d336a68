import 'dayjs/locale/ru';
import '@mantine/dates/styles.css';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../platform/i18n/useLanguage.ts';

/** How every calendar speaks, and that its weeks begin on Monday. */
export function useCalendar() {
  const { t } = useTranslation('pieces');
  const locale = useLanguage();
  return {
    locale,
    firstDayOfWeek: 1 as const,
    ariaLabels: {
      monthLevelControl: t('calendar.monthLevelControl'),
      yearLevelControl: t('calendar.yearLevelControl'),
      nextMonth: t('calendar.nextMonth'),
      previousMonth: t('calendar.previousMonth'),
      nextYear: t('calendar.nextYear'),
      previousYear: t('calendar.previousYear'),
      nextDecade: t('calendar.nextDecade'),
      previousDecade: t('calendar.previousDecade'),
    },
  };
}
