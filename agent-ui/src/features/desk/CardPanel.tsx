import type { Card } from '@ringdesk/shared/desk';
import { useTranslation } from 'react-i18next';
import { Slot } from '../../platform/slots.tsx';
import { Afterwards } from '../../ui/Afterwards.tsx';
import { CallControls } from './CallControls.tsx';
import { CallHeading } from './CallHeading.tsx';
import { CardHistory } from './CardHistory.tsx';
import styles from './CardPanel.module.css';
import { Consulting } from './Consulting.tsx';
import { MatchPanel } from './MatchPanel.tsx';
import { isIncoming, phaseName } from './phase.ts';
import { RangAgain } from './RangAgain.tsx';
import { RepeatWarning } from './RepeatWarning.tsx';
import { TransferredFrom } from './TransferredFrom.tsx';
import { usePainted } from './usePainted.ts';
import { WrapUpForm } from './WrapUpForm.tsx';

/** One call in full: who it is, what can be done, what was before; and beside it the form about it. */
export function CardPanel({ card }: { card: Card }) {
  const { t } = useTranslation(['desk', 'interactions']);
  usePainted(card);
  // A colleague's call or question and a missed call are nothing to write about.
  const hasForm = !card.consultation && card.direction !== 'internal' && card.phase !== 'missed';
  // Who it is comes first on the screen; a frame later what can be done and what was before, and then the form.
  const ringing = card.phase === 'ringing';
  return (
    <article
      className={styles.panel}
      data-testid="card"
      data-call-id={card.callId}
      data-phase={card.phase}
      data-incoming={isIncoming(card)}
      aria-label={t(`phase.${phaseName(card)}`)}
    >
      <div className={styles.who}>
        <CallHeading card={card} />
        <Afterwards frames={ringing ? 1 : 0}>
          <CallControls card={card} />
          {card.consulting && <Consulting callId={card.callId} consulting={card.consulting} />}
          {card.rang && <RangAgain card={card} rang={card.rang} />}
          {card.repeat && <RepeatWarning repeat={card.repeat} />}
          {card.transferredFrom && <TransferredFrom from={card.transferredFrom} />}
          <MatchPanel card={card} />
        </Afterwards>
        {/* What other features put there may wait for all that is the call's own. */}
        <Afterwards frames={ringing ? 3 : 0}>
          <Slot name="callCard" of={{ callId: card.callId, customerId: customerOf(card) }} />
        </Afterwards>
      </div>
      {hasForm && (
        <aside className={styles.form} aria-label={t('wrapUp.title')}>
          <Afterwards frames={ringing ? 2 : 0}>
            <WrapUpForm card={card} />
          </Afterwards>
        </aside>
      )}
      <section className={styles.history} aria-label={t('interactions:timeline.title')}>
        <Afterwards frames={ringing ? 1 : 0}>
          <CardHistory card={card} />
        </Afterwards>
      </section>
    </article>
  );
}

/** Who calls, where it is known. */
function customerOf({ match }: Card): string | null {
  return match.kind === 'one' ? match.customer.id : null;
}
