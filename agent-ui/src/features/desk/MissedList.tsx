import { ActionIcon, Tooltip } from '@mantine/core';
import type { Card } from '@ringdesk/shared/desk';
import { IconCheck, IconPhoneOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../platform/i18n/useLocale.ts';
import { useLive } from '../../platform/live/LiveContext.tsx';
import { formatWhen } from '../../ui/format.ts';
import { PhoneNumber } from '../../ui/PhoneNumber.tsx';
import { callerName, shownNumber } from './callerName.ts';
import { useCloseCard } from './deskApi.ts';
import styles from './MissedList.module.css';
import { useServerNow } from './useServerNow.ts';

interface Props {
  cards: Card[];
  /** Under a call at hand only their number is told. */
  folded: boolean;
}

/** Calls that rang here and were not taken: call back, look, or put away. */
export function MissedList({ cards, folded }: Props) {
  const { t } = useTranslation('desk');
  const locale = useLocale();
  const now = useServerNow();
  const live = useLive();
  const close = useCloseCard();
  if (cards.length === 0) return null;
  const list = (
    <ul className={styles.list}>
      {cards.map((card) => {
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
            <span className={styles.queue}>{card.queue}</span>
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
      })}
    </ul>
  );
  const title = t('missed.title', { count: cards.length });
  if (folded) {
    return (
      <details className={styles.folded}>
        <summary>{title}</summary>
        {list}
      </details>
    );
  }
  return (
    <section className={styles.missed} aria-label={title}>
      <h2>{title}</h2>
      {list}
    </section>
  );
}
