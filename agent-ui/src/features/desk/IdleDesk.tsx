import { Button } from '@mantine/core';
import type { DeskView } from '@ringdesk/shared/desk';
import { useTranslation } from 'react-i18next';
import { Duration } from '../../ui/Duration.tsx';
import { ShortcutKeys } from '../../ui/Keys.tsx';
import { useSetState } from './deskApi.ts';
import styles from './IdleDesk.module.css';
import { QueueList } from './QueueList.tsx';
import { Dot } from './StateControl.tsx';

/** No call at hand: what calls will come, or why none will, and what to do about it. */
export function IdleDesk({ view }: { view: DeskView }) {
  const { t } = useTranslation(['desk', 'shell']);
  const setState = useSetState();
  const { state, since } = view.agent;
  const waits = state === 'available';
  const dumb = view.phone === 'unavailable';
  return (
    <section className={styles.idle} data-testid="idle">
      <h1>
        <Dot state={state} />
        {t(
          waits
            ? 'idle.waiting'
            : `idle.${state === 'break' ? 'break' : state === 'offline' ? 'offline' : 'busy'}`,
        )}
      </h1>
      <p className={styles.since}>
        {t('idle.since')} <Duration since={since} />
      </p>
      {dumb && <p className={styles.trouble}>{t('phoneHint.unavailable')}</p>}
      {!waits && (state === 'break' || state === 'offline') && (
        <Button
          className={styles.ready ?? ''}
          onClick={() => setState.mutate({ state: 'available' })}
          loading={setState.isPending}
          rightSection={<ShortcutKeys of="available" />}
          data-testid="go-available"
        >
          {t('idle.goAvailable')}
        </Button>
      )}
      <dl className={styles.facts}>
        <div>
          <dt>{t('queues.mine')}</dt>
          <dd>
            <QueueList queues={view.queues} />
          </dd>
        </div>
        <div>
          <dt>{t('idle.phone')}</dt>
          <dd>
            {view.agent.devices.join(', ')} <span className="quiet">{t(`phone.${view.phone}`)}</span>
          </dd>
        </div>
        <div>
          <dt>{t('idle.keys')}</dt>
          <dd className={styles.keys}>
            <span>
              <ShortcutKeys of="search" /> {t('shell:bar.search')}
            </span>
            <span>
              <ShortcutKeys of="help" /> {t('idle.allKeys')}
            </span>
          </dd>
        </div>
      </dl>
    </section>
  );
}
