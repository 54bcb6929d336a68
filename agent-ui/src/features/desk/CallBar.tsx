import { useTranslation } from 'react-i18next';
import styles from './CallBar.module.css';
import { LiveCalls } from './LiveCalls.tsx';
import { certaintyOf, useSettledDesk } from './live/LiveContext.tsx';
import { PhoneState } from './PhoneState.tsx';
import { QueueList } from './QueueList.tsx';
import { StateControl } from './StateControl.tsx';

/** In the top bar of every page: what state I am in, my phone, my queues, calls that go on. */
export function CallBar() {
  const { t } = useTranslation('desk');
  const desk = useSettledDesk();
  const { view } = desk;
  const certainty = certaintyOf(desk);
  if (!view) return <span className="quiet">{t('bar.connecting')}</span>;
  const phone = certainty === 'certain' ? view.phone : 'unknown';
  return (
    <>
      <StateControl agent={view.agent} phone={phone} queues={view.queues} certainty={certainty} />
      <div className={styles.wide}>
        <PhoneState phone={phone} />
        <QueueList queues={view.queues} />
      </div>
      <LiveCalls cards={view.cards} />
    </>
  );
}
