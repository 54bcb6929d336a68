import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Chosen no more; old records keep the name. */
export function ArchivedSwitch({ input }: { input: object }) {
  const { t } = useTranslation('settings');
  return <Switch label={t('archived')} description={t('archivedText')} {...input} data-testid="archived" />;
}
