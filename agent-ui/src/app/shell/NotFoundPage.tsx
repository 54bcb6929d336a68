import { IconMapQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../../ui/EmptyState.tsx';

export function NotFoundPage({ home }: { home: string }) {
  const { t } = useTranslation();
  return (
    <EmptyState icon={<IconMapQuestion size={28} />} title={t('notFound.title')} text={t('notFound.text')}>
      <Link to={home}>{t('notFound.home')}</Link>
    </EmptyState>
  );
}
