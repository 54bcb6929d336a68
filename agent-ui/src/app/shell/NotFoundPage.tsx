import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePageTitle } from '../../platform/title.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';

/** @param home where the user lands; null for whoever may use no page at all */
export function NotFoundPage({ home }: { home: string | null }) {
  const { t } = useTranslation();
  usePageTitle(t('notFound.title'));
  return (
    <EmptyState
      page
      icon={<IconMapQuestion size={28} />}
      title={t('notFound.title')}
      text={t('notFound.text')}
    >
      {home !== null && (
        <Button component={Link} to={home} variant="default" mt={8}>
          {t('notFound.home')}
        </Button>
      )}
    </EmptyState>
  );
}
