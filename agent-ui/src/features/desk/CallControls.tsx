import { Button } from '@mantine/core';
import type { Card } from '@ringdesk/shared/desk';
import { IconArrowForwardUp, IconCheck, IconPhone, IconPhoneOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDial } from '../../platform/dial.ts';
import { ariaKeys, ShortcutKeys } from '../../ui/Keys.tsx';
import { useShortcut } from '../../ui/useShortcut.tsx';
import styles from './CallControls.module.css';
import { shownNumber } from './callerName.ts';
import { useCloseCard, useHangUp } from './deskApi.ts';
import { useCertainty } from './live/LiveContext.tsx';
import { isIncoming } from './phase.ts';
import { TransferDialog } from './TransferDialog.tsx';

/** What can be done with the call now; what cannot be done is not there. */
export function CallControls({ card }: { card: Card }) {
  const { t } = useTranslation('desk');
  const hangUp = useHangUp(card.callId);
  const [transferring, setTransferring] = useState(false);
  const certain = useCertainty() === 'certain';
  const canTransfer = card.can.transfer && card.consulting === null;
  useShortcut(
    'hang-up',
    () => {
      if (!hangUp.isPending) hangUp.mutate(undefined);
      return true;
    },
    certain && card.can.hangUp,
  );
  useShortcut(
    'transfer',
    () => {
      setTransferring(true);
      return true;
    },
    certain && canTransfer,
  );
  return (
    <div className={styles.controls}>
      {!certain && card.can.hangUp && (
        <span className={styles.hint} data-testid="cannot-act">
          {t('call.cannotAct')}
        </span>
      )}
      {isIncoming(card) && <span className={styles.hint}>{t('call.answerHint')}</span>}
      {card.can.hangUp && (
        <Button
          variant="default"
          className={styles.danger ?? ''}
          size="sm"
          leftSection={<IconPhoneOff size={16} />}
          rightSection={<ShortcutKeys of="hang-up" />}
          aria-keyshortcuts={ariaKeys('hang-up')}
          loading={hangUp.isPending}
          disabled={!certain}
          onClick={() => hangUp.mutate(undefined)}
          data-testid="hang-up"
        >
          {t(isIncoming(card) ? 'call.decline' : 'call.hangUp')}
        </Button>
      )}
      {canTransfer && (
        <Button
          variant="default"
          size="sm"
          leftSection={<IconArrowForwardUp size={16} />}
          rightSection={<ShortcutKeys of="transfer" />}
          aria-keyshortcuts={ariaKeys('transfer')}
          disabled={!certain}
          onClick={() => setTransferring(true)}
          data-testid="transfer"
        >
          {t('call.transfer')}
        </Button>
      )}
      {(card.phase === 'missed' || card.phase === 'unanswered') && <MissedControls card={card} />}
      <TransferDialog
        callId={card.callId}
        opened={transferring && canTransfer && certain}
        onClose={() => setTransferring(false)}
      />
    </div>
  );
}

function MissedControls({ card }: { card: Card }) {
  const { t } = useTranslation('desk');
  const dial = useDial();
  const close = useCloseCard();
  const number = shownNumber(card);
  return (
    <>
      {dial && number && (
        <Button size="sm" leftSection={<IconPhone size={16} />} onClick={() => dial(number)}>
          {t(card.phase === 'missed' ? 'missed.callBack' : 'missed.again')}
        </Button>
      )}
      <Button
        size="sm"
        variant="default"
        leftSection={<IconCheck size={16} />}
        loading={close.isPending}
        onClick={() => close.mutate(card.callId)}
      >
        {t('missed.putAway')}
      </Button>
    </>
  );
}
