import type { Card } from '@ringdesk/shared/desk';
import { useTranslation } from 'react-i18next';
import { ShortcutKeys } from '../../ui/Keys.tsx';
import styles from './CardTabs.module.css';
import { callerShort } from './callerName.ts';
import { IncomingStrip } from './IncomingStrip.tsx';
import { useLive } from './live/LiveContext.tsx';
import { isListed } from './live/selection.ts';
import { PhaseTimer } from './PhaseTimer.tsx';
import { phaseName } from './phase.ts';

/** The calls that are open besides the shown one. One that rings meanwhile gets a strip of its own, with all that the agent must know. */
export function CardTabs({ cards, shown }: { cards: Card[]; shown: string | null }) {
  const { t } = useTranslation('desk');
  const live = useLive();
  const open = cards.filter((card) => !isListed(card) || card.callId === shown);
  const others = open.filter((card) => card.callId !== shown);
  const ringing = others.filter((card) => card.phase === 'ringing');
  const talking = others.filter((card) => card.phase === 'talking');
  const tabs = others.length > ringing.length ? open : [];
  return (
    <>
      {ringing.map((card) => (
        <IncomingStrip key={card.callId} card={card} onOpen={() => live?.store.show(card.callId)} />
      ))}
      {talking.map((card) => (
        <button
          key={card.callId}
          type="button"
          className={styles.live}
          data-testid="live-elsewhere"
          onClick={() => live?.store.show(card.callId)}
        >
          <strong>{t('calls.talking', { name: callerShort(card, t) })}</strong> <PhaseTimer card={card} />
          <span>{t('calls.show')}</span>
        </button>
      ))}
      {tabs.length > 0 && (
        <nav className={styles.tabs} aria-label={t('calls.label')}>
          {tabs.map((card) => (
            <button
              key={card.callId}
              type="button"
              data-phase={card.phase}
              aria-current={card.callId === shown}
              onClick={() => live?.store.show(card.callId)}
            >
              <span className={styles.dot} aria-hidden="true" />
              <span className={styles.name}>{callerShort(card, t)}</span>
              <span className="quiet">{t(`phase.${phaseName(card)}`)}</span>
              <PhaseTimer card={card} />
            </button>
          ))}
          <span className={styles.hint}>
            <ShortcutKeys of="next-call" />
          </span>
        </nav>
      )}
    </>
  );
}
