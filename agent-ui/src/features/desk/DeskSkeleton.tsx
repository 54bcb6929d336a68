import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function DeskSkeleton() {
  const { t } = useTranslation('desk');
  return (
    <div role="status" aria-label={t('bar.connecting')} style={{ padding: 24 }}>
      <Skeleton height={12} width={180} mb={14} />
      <Skeleton height={28} width={300} mb={10} />
      <Skeleton height={14} width={240} />
    </div>
  );
}
