import { Button } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Countdown } from '../../ui/Duration.tsx';
import { ariaKeys, ShortcutKeys } from '../../ui/Keys.tsx';
import { useTicking } from '../../ui/ticker.ts';
import { useShortcut } from '../../ui/useShortcut.tsx';
import { useMoreTime } from './deskApi.ts';
import { useLive } from './live/LiveContext.tsx';
import styles from './WrapUpLimit.module.css';

const urgentMs = 15_000;

/** What is left of the wrap-up's time. Near its end it is said so that nobody overlooks it, and a key gives a minute more. */
export function WrapUpLimit({ callId, endsAt }: { callId: string; endsAt: string }) {
  const { t } = useTranslation('desk');
  const live = useLive();
  const more = useMoreTime(callId);
  const left = useTicking(() => {
    const ms = Date.parse(endsAt) - (live?.store.serverNow() ?? Date.now());
    return ms <= 0 ? 'none' : ms <= urgentMs ? 'little' : 'enough';
  });
  const ask = () => {
    if (!more.isPending) more.mutate(undefined);
    return true;
  };
  useShortcut('more-time', ask);
  return (
    <div className={styles.limit} data-left={left} data-testid="wrapup-limit">
      <span className={styles.clock}>
        <IconClock size={15} stroke={1.8} aria-hidden="true" />
        {left === 'none' ? (
          t('wrapUp.timeIsUp')
        ) : (
          <>
            {t('wrapUp.closesIn')} <Countdown until={endsAt} />
          </>
        )}
      </span>
      {left !== 'enough' && (
        <Button
          size="compact-sm"
          variant="default"
          loading={more.isPending}
          rightSection={<ShortcutKeys of="more-time" />}
          aria-keyshortcuts={ariaKeys('more-time')}
          onClick={ask}
          data-testid="more-time"
        >
          {t('wrapUp.moreTime')}
        </Button>
      )}
    </div>
  );
}
