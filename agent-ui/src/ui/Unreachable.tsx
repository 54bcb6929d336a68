import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFailureText } from '../platform/i18n/useFailureText.ts';
import { EmptyState } from './EmptyState.tsx';

interface Props {
  failure: unknown;
  onRetry: () => void;
}

/** Shown instead of something that could not be fetched. */
export function Unreachable({ failure, onRetry }: Props) {
  const { t } = useTranslation();
  const failureText = useFailureText();
  return (
    <EmptyState icon={<IconPlugConnectedX size={28} />} title={t('unreachable')} text={failureText(failure)}>
      <Button variant="default" size="xs" mt={8} onClick={onRetry}>
        {t('action.retry')}
      </Button>
    </EmptyState>
  );
}
