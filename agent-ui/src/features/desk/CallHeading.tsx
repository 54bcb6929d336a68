import { Skeleton } from '@mantine/core';
import type { Card } from '@ringdesk/shared/desk';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { afterPaint } from '../../ui/afterPaint.ts';
import { Duration } from '../../ui/Duration.tsx';
import { PhoneNumber } from '../../ui/PhoneNumber.tsx';
import { TierMark } from '../../ui/TierMark.tsx';
import { isBusy } from '../../ui/typing.ts';
import styles from './CallHeading.module.css';
import { callerName, lineName, shownNumber } from './callerName.ts';
import { useCertainty } from './live/LiveContext.tsx';
import { isLive } from './live/selection.ts';
import { PhaseTimer } from './PhaseTimer.tsx';
import { phaseName } from './phase.ts';

/** Who is calling, large; above it the call itself: phase and timer, queue, line, how long they waited. */
export function CallHeading({ card }: { card: Card }) {
  const { t } = useTranslation('desk');
  const contact = useTranslation('interactions');
  const heading = useFocusOnPop();
  const customer = card.match.kind === 'one' ? card.match.customer : null;
  const number = shownNumber(card);
  const saidByLine = lineName(card);
  return (
    <header className={styles.heading}>
      <p className={styles.call}>
        <PhasePill card={card} />
        {card.consultation && <span className={styles.tag}>{t('call.consultation')}</span>}
        {card.direction !== 'inbound' && <span>{contact.t(`direction.${card.direction}`)}</span>}
        {card.queue && <span>{t('call.queue', { queue: card.queue })}</span>}
        {card.did && <span className="num">{t('call.line', { did: card.did })}</span>}
        {card.enteredQueueAt && (
          <span>
            {t('call.waited')}{' '}
            <Duration since={card.enteredQueueAt} until={card.answeredAt ?? card.endedAt} ofCall />
          </span>
        )}
      </p>
      <div className={styles.name}>
        {card.match.kind === 'looking' ? (
          <Skeleton height={30} width={280} radius={4} aria-label={t('match.looking')} />
        ) : (
          <h1 ref={heading} tabIndex={-1} data-testid="card-name">
            {customer ? <Link to={`/customers/${customer.id}`}>{customer.name}</Link> : callerName(card, t)}
          </h1>
        )}
        {customer && <TierMark tier={customer.tier} />}
      </div>
      <p className={styles.details}>
        {customer?.company && <span className={styles.company}>{customer.company}</span>}
        {number && (
          <span data-testid="card-number" data-number={number}>
            <PhoneNumber number={number} large />
          </span>
        )}
        {saidByLine && <span className="quiet">{t('call.lineName', { name: saidByLine })}</span>}
        {customer?.segment && <span className="quiet">{customer.segment}</span>}
        {customer?.tags.map((tag) => (
          <span key={tag} className={styles.tag}>
            {tag}
          </span>
        ))}
      </p>
      {customer?.note && <p className={styles.note}>{customer.note}</p>}
    </header>
  );
}

/** The call's phase with its timer; while the PBX or the server is not heard, that nobody knows it. */
function PhasePill({ card }: { card: Card }) {
  const { t } = useTranslation('desk');
  const certain = useCertainty() === 'certain';
  const phase = !certain && isLive(card) ? 'unknown' : phaseName(card);
  return (
    <span className={styles.phase} data-phase={phase}>
      {t(`phase.${phase}`)} <PhaseTimer card={card} />
    </span>
  );
}

/**
 * Brings the focus to a card that came up, so that keys and a screen reader are with it; never out of something being typed. Not before the
 * card is painted: moving the focus makes the browser lay the page out at once.
 */
function useFocusOnPop() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    return afterPaint(() => {
      if (!isBusy()) heading.current?.focus({ preventScroll: true });
    }, 2);
  }, []);
  return heading;
}
