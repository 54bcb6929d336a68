import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { certaintyOf, useSettledDesk } from '../../platform/live/LiveContext.tsx';
import { ariaKeys, ShortcutKeys } from '../../ui/Keys.tsx';
import styles from './CallBar.module.css';
import { LiveCalls } from './LiveCalls.tsx';
import { PhoneState } from './PhoneState.tsx';
import { QueueList } from './QueueList.tsx';
import { StateControl } from './StateControl.tsx';

interface Props {
  /** Whether the user takes calls; the others have the search alone. */
  agent: boolean;
  onSearch: () => void;
}

/** On top of every page: what state I am in, my phone, my queues, calls that go on, and the search. */
export function CallBar({ agent, onSearch }: Props) {
  const { t } = useTranslation('desk');
  const desk = useSettledDesk();
  const { view, link } = desk;
  const certainty = certaintyOf(desk);
  const phone = certainty === 'certain' ? view?.phone : 'unknown';
  return (
    <header className={styles.bar} data-testid="call-bar">
      {agent && view && (
        <>
          <StateControl
            agent={view.agent}
            phone={phone ?? 'unknown'}
            queues={view.queues}
            certainty={certainty}
          />
          <div className={styles.wide}>
            <PhoneState phone={phone ?? 'unknown'} />
            <QueueList queues={view.queues} />
          </div>
          <LiveCalls cards={view.cards} />
        </>
      )}
      {agent && !view && <span className="quiet">{t('bar.connecting')}</span>}
      <div className={styles.space} />
      <button
        type="button"
        className={styles.search}
        onClick={onSearch}
        aria-keyshortcuts={ariaKeys('search')}
        aria-label={t(agent ? 'bar.searchOrDial' : 'bar.search')}
      >
        <IconSearch size={16} stroke={1.8} aria-hidden="true" />
        <span className={styles.wide}>{t(agent ? 'bar.searchOrDial' : 'bar.search')}</span>
        <ShortcutKeys of="search" />
      </button>
      {agent && (
        <span
          className={styles.link}
          data-link={link}
          role="img"
          aria-label={t(`link.${link}`)}
          title={t(`link.${link}`)}
        />
      )}
    </header>
  );
}
