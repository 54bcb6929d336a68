import { catalogue, type MetricId } from '@ringdesk/shared/metrics/catalogue';
import type { Metric } from '@ringdesk/shared/metrics/metric';
import type { ReportRow } from '@ringdesk/shared/report';
import { useLanguage } from '../../platform/i18n/useLanguage.ts';
import { useLocale } from '../../platform/i18n/useLocale.ts';
import { formatDuration } from '../../ui/format.ts';

type Told = ReportRow[string] | undefined;

/** Numbers as people read them; what is not there is a dash, never 0. */
export function useMetricText() {
  const language = useLanguage();
  const locale = useLocale();
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  function text(unit: Metric['unit'], value: Told): string {
    if (typeof value !== 'number') return '–';
    if (unit === 'share') return share.format(value);
    return unit === 'seconds' ? formatDuration(value * 1000) : whole.format(value);
  }
  return {
    text,
    nameOf: (id: MetricId) => catalogue[id].name[language],
    definitionOf: (id: MetricId) => `${catalogue[id].definition[language]} ${catalogue[id].formula}`,
  };
}
