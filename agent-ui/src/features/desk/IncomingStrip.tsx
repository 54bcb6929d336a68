import { Button } from '@mantine/core';
import type { Card } from '@ringdesk/shared/desk';
import { IconPhoneIncoming } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ShortcutKeys } from '../../ui/Keys.tsx';
import { formatPhone } from '../../ui/phone.ts';
import { TierMark } from '../../ui/TierMark.tsx';
import { callerName, shownNumber } from './callerName.ts';
import styles from './IncomingStrip.module.css';
import { PhaseTimer } from './PhaseTimer.tsx';
import { phaseName } from './phase.ts';
import { usePainted } from './usePainted.ts';

/** A call that rings while the agent writes about another: announced above it, without taking a keystroke. */
export function IncomingStrip({ card, onOpen }: { card: Card; onOpen: () => void }) {
  const { t } = useTranslation('desk');
  usePainted(card);
  const number = shownNumber(card);
  return (
    <section
      className={styles.strip}
      data-testid="card"
      data-call-id={card.callId}
      aria-label={t(`phase.${phaseName(card)}`)}
    >
      <IconPhoneIncoming className={styles.icon} size={18} stroke={1.8} aria-hidden="true" />
      <span className={styles.phase}>
        {t(`phase.${phaseName(card)}`)} <PhaseTimer card={card} />
      </span>
      <strong data-testid="card-name">{callerName(card, t)}</strong>
      {card.match.kind === 'one' && <TierMark tier={card.match.customer.tier} />}
      {card.match.kind === 'one' && card.match.customer.company && <span>{card.match.customer.company}</span>}
      {number && (
        <span className="num" data-testid="card-number">
          {formatPhone(number)}
        </span>
      )}
      {card.queue && <span className="quiet">{card.queue}</span>}
      <Button
        size="xs"
        className={styles.open ?? ''}
        onClick={onOpen}
        rightSection={<ShortcutKeys of="next-call" />}
      >
        {t('calls.show')}
      </Button>
    </section>
  );
}
