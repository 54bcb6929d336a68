import type { Card } from '@ringdesk/shared/desk';
import { IconPhoneOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../platform/i18n/useLocale.ts';
import { useServerNow } from '../../platform/live/useServerNow.ts';
import { formatWhen } from '../../ui/format.ts';
import { howItEnded } from './missed.ts';
import { Notice } from './Notice.tsx';

/** The same call rang once more while its form was open, and was not taken. */
export function RangAgain({ card, rang }: { card: Card; rang: NonNullable<Card['rang']> }) {
  const { t } = useTranslation('desk');
  const locale = useLocale();
  const now = useServerNow();
  return (
    <Notice tone="warn" icon={<IconPhoneOff size={18} stroke={1.8} />} testId="rang-again">
      <p>
        {t('missed.rangAgain', {
          when: formatWhen(rang.offeredAt, now, locale),
          how: howItEnded({ ...card, ...rang }, t),
        })}
      </p>
    </Notice>
  );
}
