import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconCheck, IconPhoneOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDial } from '../../platform/dial.ts';
import { useLocale } from '../../platform/i18n/useLocale.ts';
import { useServerNow } from '../../platform/live/useServerNow.ts';
import { formatWhen } from '../../ui/format.ts';
import { PhoneNumber } from '../../ui/PhoneNumber.tsx';
import styles from './CallList.module.css';
import { CallList, type CallListProps } from './CallList.tsx';
import { callerName, shownNumber } from './callerName.ts';
import { useCloseCard } from './deskApi.ts';
import { useLive } from './live/LiveContext.tsx';
import { howItEnded, mayBeCalledBack } from './missed.ts';

/** Calls that rang here and were not taken: call back, look, or put away. */
export function MissedList({ cards, folded }: CallListProps) {
  const { t } = useTranslation('desk');
  const locale = useLocale();
  const now = useServerNow();
  const live = useLive();
  const close = useCloseCard();
  const dial = useDial();
  return (
    <CallList title={t('missed.title', { count: cards.length })} tone="bad" cards={cards} folded={folded}>
      {(card) => {
        const number = shownNumber(card);
        return (
          <li key={card.callId} data-testid="missed" data-call-id={card.callId}>
            <IconPhoneOff size={16} stroke={1.7} className={styles.icon} aria-hidden="true" />
            <time className="num" dateTime={card.offeredAt}>
              {formatWhen(card.offeredAt, now, locale)}
            </time>
            <button type="button" className={styles.name} onClick={() => live?.store.show(card.callId)}>
              {callerName(card, t)}
            </button>
            {number && <PhoneNumber number={number} />}
            <span className={styles.end} data-testid="missed-end">
              {howItEnded(card, t)}
            </span>
            {dial && number && mayBeCalledBack(card) && (
              <Button size="compact-xs" variant="default" onClick={() => dial(number)}>
                {t('missed.callBack')}
              </Button>
            )}
            <Tooltip label={t('missed.putAway')} openDelay={300}>
              <ActionIcon
                variant="subtle"
                color="gray"
                onClick={() => close.mutate(card.callId)}
                aria-label={`${t('missed.putAway')}: ${callerName(card, t)}`}
              >
                <IconCheck size={16} />
              </ActionIcon>
            </Tooltip>
          </li>
        );
      }}
    </CallList>
  );
}
