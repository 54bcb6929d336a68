import type { Card } from '@ringdesk/shared/desk';
import { IconArrowForwardUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../platform/i18n/useLocale.ts';
import { useServerNow } from '../../platform/live/useServerNow.ts';
import { formatWhen } from '../../ui/format.ts';
import { useChoiceNames } from '../interactions/index.ts';
import { Notice } from './Notice.tsx';

/** The call came from a colleague: who gave it, and what they had written so far. */
export function TransferredFrom({ from }: { from: NonNullable<Card['transferredFrom']> }) {
  const { t } = useTranslation('desk');
  const locale = useLocale();
  const names = useChoiceNames();
  const now = useServerNow();
  return (
    <Notice tone="accent" icon={<IconArrowForwardUp size={18} stroke={1.8} />} testId="transferred-from">
      <p>
        <strong>{t('transferred.title', { name: from.name })}</strong>{' '}
        <span className="quiet">{formatWhen(from.at, now, locale)}</span>
      </p>
      {from.reason && <p>{names.reason(from.reason)}</p>}
      {from.note ? (
        <p>{t('quote', { text: from.note })}</p>
      ) : (
        <p className="quiet">{t('transferred.noNote')}</p>
      )}
    </Notice>
  );
}
