import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from './EmptyState.tsx';

/** Shown for a page that failed, or that could not be fetched: what was typed is kept, so a reload does no harm. */
export function BrokenPage() {
  const { t } = useTranslation();
  return (
    <EmptyState icon={<IconAlertTriangle size={28} />} title={t('broken.title')} text={t('broken.text')}>
      <Button variant="default" size="xs" mt={8} onClick={() => window.location.reload()}>
        {t('broken.reload')}
      </Button>
    </EmptyState>
  );
}
