import type { Card } from '@ringdesk/shared/desk';
import { IconArrowForwardUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n/useLanguage.ts';
import { formatWhen } from '../ui/format.ts';
import { Notice } from './Notice.tsx';
import { useChoiceNames } from './useChoiceNames.ts';
import { useServerNow } from './useServerNow.ts';

/** The call came from a colleague: who gave it, and what they had written so far. */
export function TransferredFrom({ from }: { from: NonNullable<Card['transferredFrom']> }) {
  const { t } = useTranslation('desk');
  const language = useLanguage();
  const names = useChoiceNames();
  const now = useServerNow();
  return (
    <Notice tone="accent" icon={<IconArrowForwardUp size={18} stroke={1.8} />} testId="transferred-from">
      <p>
        <strong>{t('transferred.title', { name: from.name })}</strong>{' '}
        <span className="quiet">{formatWhen(from.at, now, language)}</span>
      </p>
      {from.reason && <p>{names.reason(from.reason)}</p>}
      {from.note ? <p>«{from.note}»</p> : <p className="quiet">{t('transferred.noNote')}</p>}
    </Notice>
  );
}
