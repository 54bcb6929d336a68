import { IconPencilExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../platform/i18n/useLocale.ts';
import { useServerNow } from '../../platform/live/useServerNow.ts';
import { formatWhen } from '../../ui/format.ts';
import { formatPhone } from '../../ui/phone.ts';
import styles from './CallList.module.css';
import { CallList, type CallListProps } from './CallList.tsx';
import { callerName, shownNumber } from './callerName.ts';
import { useLive } from './live/LiveContext.tsx';

/** Calls whose wrap-up time ran out: the record says that no outcome was given, until the agent gives it here. */
export function UnfinishedList({ cards, folded }: CallListProps) {
  const { t } = useTranslation('desk');
  const locale = useLocale();
  const now = useServerNow();
  const live = useLive();
  return (
    <CallList
      title={t('unfinished.title', { count: cards.length })}
      tone="warn"
      cards={cards}
      folded={folded}
    >
      {(card) => {
        const number = shownNumber(card);
        return (
          <li key={card.callId} data-testid="unfinished" data-call-id={card.callId}>
            <IconPencilExclamation size={16} stroke={1.7} className={styles.icon} aria-hidden="true" />
            <time className="num" dateTime={card.offeredAt}>
              {formatWhen(card.offeredAt, now, locale)}
            </time>
            <button type="button" className={styles.name} onClick={() => live?.store.show(card.callId)}>
              {callerName(card, t)}
            </button>
            {number && <span className="num">{formatPhone(number)}</span>}
            <span className={styles.end}>{t('unfinished.why')}</span>
          </li>
        );
      }}
    </CallList>
  );
}
