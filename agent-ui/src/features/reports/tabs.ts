import { reportKinds } from '@ringdesk/shared/report';
import { useTranslation } from 'react-i18next';

const names = [...Object.keys(reportKinds), 'repeat-contacts'] as const;
type TabName = keyof typeof reportKinds | 'repeat-contacts';
const isTab = (name: string): name is TabName => name in reportKinds || name === 'repeat-contacts';

/** The reports, one beside the other. */
export function useReportTabs(): { to: string; label: string }[] {
  const { t } = useTranslation('reports');
  return names.filter(isTab).map((name) => ({ to: `/reports/${name}`, label: t(`tab.${name}`) }));
}
