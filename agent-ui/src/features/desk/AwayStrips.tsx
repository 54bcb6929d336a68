import { useLocation, useNavigate } from 'react-router';
import { IncomingStrip } from './IncomingStrip.tsx';
import { useDeskView, useLive } from './live/LiveContext.tsx';
import { isIncoming } from './phase.ts';

/** A call that rings while the agent is on another page and busy there: all that must be known of it, on top of that page. */
export function AwayStrips() {
  const live = useLive();
  const view = useDeskView();
  const navigate = useNavigate();
  if (useLocation().pathname === '/desk') return null;
  return view?.cards.filter(isIncoming).map((card) => (
    <IncomingStrip
      key={card.callId}
      card={card}
      onOpen={() => {
        live?.store.show(card.callId);
        void navigate('/desk');
      }}
    />
  ));
}
