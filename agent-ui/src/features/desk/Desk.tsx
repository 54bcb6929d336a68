import { CardPanel } from './CardPanel.tsx';
import { CardTabs } from './CardTabs.tsx';
import styles from './Desk.module.css';
import { DeskSkeleton } from './DeskSkeleton.tsx';
import { IdleDesk } from './IdleDesk.tsx';
import { useDeskState } from './live/LiveContext.tsx';
import { MissedList } from './MissedList.tsx';
import { UnfinishedList } from './UnfinishedList.tsx';

/** The agent's desk: the call at hand in full, the others as tabs above it, and without a call what is worth a look meanwhile. */
export default function Desk() {
  const { view, selection } = useDeskState();
  if (!view) return <DeskSkeleton />;
  const shown = view.cards.find((card) => card.callId === selection.shown);
  const missed = view.cards.filter((card) => card.phase === 'missed');
  return (
    <div className={styles.desk}>
      <CardTabs cards={view.cards} shown={selection.shown} />
      {shown ? <CardPanel key={shown.callId} card={shown} /> : <IdleDesk view={view} />}
      <UnfinishedList
        cards={view.cards.filter((card) => card.phase === 'unfinished' && card !== shown)}
        folded={shown !== undefined}
      />
      <MissedList cards={missed.filter((card) => card !== shown)} folded={shown !== undefined} />
    </div>
  );
}
