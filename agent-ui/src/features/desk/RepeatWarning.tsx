import type { Card } from '@ringdesk/shared/desk';
import { IconRepeat } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../platform/i18n/useLocale.ts';
import { useServerNow } from '../../platform/live/useServerNow.ts';
import { formatAgo } from '../../ui/format.ts';
import { useChoiceNames } from '../interactions/index.ts';
import { Notice } from './Notice.tsx';

/** The customer calls again: how often already, and what was tried last time, by whom. */
export function RepeatWarning({ repeat }: { repeat: NonNullable<Card['repeat']> }) {
  const { t } = useTranslation('desk');
  const locale = useLocale();
  const names = useChoiceNames();
  const now = useServerNow();
  const { contacts, last } = repeat;
  const what = [
    last.agentName ?? last.agent,
    last.reason && names.reason(last.reason),
    last.disposition && names.disposition(last.disposition),
  ].filter(Boolean);
  return (
    <Notice tone="warn" icon={<IconRepeat size={18} stroke={1.8} />} testId="repeat-warning">
      <p>
        <strong>{t('repeat.title', { number: contacts + 1 })}</strong>
      </p>
      <p>
        {now - Date.parse(last.startedAt) < 60_000
          ? t('repeat.justNow')
          : t('repeat.last', { ago: formatAgo(last.startedAt, now, locale) })}
        {what.length > 0 && `: ${what.join(' · ')}`}
      </p>
      {last.note && <p>{t('quote', { text: last.note })}</p>}
    </Notice>
  );
}
