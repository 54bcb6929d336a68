import type { Card } from '@ringdesk/shared/desk';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { useLive } from '../../platform/live/LiveContext.tsx';
import { callAfter, isLive } from '../../platform/live/selection.ts';
import { useShortcut } from '../../ui/useShortcut.tsx';
import { callerShort } from './callerName.ts';
import styles from './LiveCalls.module.css';
import { PhaseTimer } from './PhaseTimer.tsx';

/** The calls that go on while the agent looks at another page: one click, or Alt+J, leads back to them. */
export function LiveCalls({ cards }: { cards: Card[] }) {
  const { t } = useTranslation('desk');
  const live = useLive();
  const navigate = useNavigate();
  const away = useLocation().pathname !== '/desk';
  const open = (callId: string | null) => {
    if (callId === null) return false;
    live?.store.show(callId);
    if (away) void navigate('/desk');
    return true;
  };
  useShortcut('next-call', () =>
    open(callAfter(cards, away ? null : (live?.store.get().selection.shown ?? null))),
  );
  if (!away) return null;
  return cards
    .filter((card) => isLive(card) && card.phase !== 'ringing')
    .map((card) => (
      <button
        key={card.callId}
        type="button"
        className={styles.call}
        data-phase={card.phase}
        onClick={() => open(card.callId)}
        aria-label={t('calls.open', { name: callerShort(card, t) })}
      >
        <span className={styles.name}>{callerShort(card, t)}</span>
        <PhaseTimer card={card} />
      </button>
    ));
}
