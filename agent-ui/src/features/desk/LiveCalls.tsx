import type { Card } from '@ringdesk/shared/desk';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { useShortcut } from '../../ui/useShortcut.tsx';
import { callerShort } from './callerName.ts';
import { useHangUp } from './deskApi.ts';
import styles from './LiveCalls.module.css';
import { useCertainty, useDeskState, useLive } from './live/LiveContext.tsx';
import { callAfter, isLive, liveCard } from './live/selection.ts';
import { PhaseTimer } from './PhaseTimer.tsx';
import { TransferDialog } from './TransferDialog.tsx';

/** The calls that go on while the agent looks at another page, or at another call: one click, or Alt+J, leads back to them. */
export function LiveCalls({ cards }: { cards: Card[] }) {
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
  return (
    <>
      <LiveCallKeys cards={cards} />
      {away && <LiveButtons cards={cards} onOpen={open} />}
    </>
  );
}

/** The call keys act on the call that goes on, also when it is not the one in front, or the agent is on another page. */
function LiveCallKeys({ cards }: { cards: Card[] }) {
  const { selection } = useDeskState();
  const certain = useCertainty() === 'certain';
  const away = useLocation().pathname !== '/desk';
  const front = away ? undefined : cards.find(({ callId }) => callId === selection.shown);
  const live = front && isLive(front) ? null : liveCard(cards);
  const hangUp = useHangUp(live?.callId ?? '');
  const [transferring, setTransferring] = useState<string | null>(null);
  const canTransfer = live?.can.transfer === true && certain;
  useShortcut(
    'hang-up',
    () => {
      if (!hangUp.isPending) hangUp.mutate(undefined);
      return true;
    },
    live?.can.hangUp === true && certain,
  );
  useShortcut(
    'transfer',
    () => {
      setTransferring(live?.callId ?? null);
      return true;
    },
    canTransfer,
  );
  if (live === null) return null;
  return (
    <TransferDialog
      callId={live.callId}
      opened={canTransfer && transferring === live.callId}
      onClose={() => setTransferring(null)}
    />
  );
}

function LiveButtons({ cards, onOpen }: { cards: Card[]; onOpen: (callId: string) => void }) {
  const { t } = useTranslation('desk');
  return cards
    .filter((card) => isLive(card) && card.phase !== 'ringing')
    .map((card) => (
      <button
        key={card.callId}
        type="button"
        className={styles.call}
        data-phase={card.phase}
        onClick={() => onOpen(card.callId)}
        aria-label={t('calls.open', { name: callerShort(card, t) })}
      >
        <span className={styles.name}>{callerShort(card, t)}</span>
        <PhaseTimer card={card} />
      </button>
    ));
}
