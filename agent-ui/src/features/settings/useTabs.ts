import { useTranslation } from 'react-i18next';

/** The pages of the settings. */
export function useTabs() {
  const { t } = useTranslation('settings');
  return (['queues', 'results', 'reasons', 'breaks', 'hours'] as const).map((tab) => ({
    to: `/settings/${tab}`,
    label: t(`tab.${tab}`),
  }));
}
