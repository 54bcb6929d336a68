import type { Card } from '@ringdesk/shared/desk';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { useTitleSignal } from '../../platform/title.ts';
import { formatPhone } from '../../ui/phone.ts';
import { isBusy } from '../../ui/typing.ts';
import styles from './CallSignals.module.css';
import { callerName, callerShort, shownNumber } from './callerName.ts';
import { useDeskView, useSettledDesk } from './live/LiveContext.tsx';
import { isIncoming } from './phase.ts';
import { startRinging } from './ringSound.ts';
import { useSignalSettings } from './signalSettings.ts';

/** Tells of a ringing call wherever the agent looks: the tab's title and icon, a screen reader, if wanted a sound and the system's popup. */
export function CallSignals() {
  const { view } = useSettledDesk();
  const ringing = view?.cards.find(isIncoming) ?? null;
  const missed =
    view?.cards.filter((card) => card.phase === 'missed' && card.fate?.state !== 'taken').length ?? 0;
  useTabSignals(ringing, missed);
  useSound(ringing !== null);
  usePopup(ringing);
  useGoToDesk();
  return <Announcement ringing={ringing} />;
}

function Announcement({ ringing }: { ringing: Card | null }) {
  const { t } = useTranslation('desk');
  const text = ringing
    ? t('signal.announce', {
        name: callerName(ringing, t),
        number: formatPhone(shownNumber(ringing) ?? ''),
        queue: ringing.queue ?? '',
      })
    : '';
  return (
    <div className={styles.spoken} role="alert" aria-live="assertive">
      {text}
    </div>
  );
}

function useTabSignals(ringing: Card | null, missed: number) {
  const { t } = useTranslation('desk');
  const who = ringing ? t('signal.title', { name: callerShort(ringing, t) }) : null;
  useTitleSignal(who, missed);
  useEffect(() => {
    const icon = document.getElementById('favicon');
    if (icon instanceof HTMLLinkElement) icon.href = who ? '/favicon-ringing.svg' : '/favicon.svg';
  }, [who]);
}

function useSound(ringing: boolean) {
  const { sound } = useSignalSettings();
  useEffect(() => {
    if (ringing && sound) return startRinging();
    return undefined;
  }, [ringing, sound]);
}

function usePopup(ringing: Card | null) {
  const { t } = useTranslation('desk');
  const { popup } = useSignalSettings();
  const callId = ringing?.callId ?? null;
  const title = ringing ? t('signal.title', { name: callerShort(ringing, t) }) : '';
  const latest = useRef(title);
  latest.current = title;
  useEffect(() => {
    if (callId === null || !popup || !document.hidden) return;
    const shown = new Notification(latest.current, { tag: callId, icon: '/favicon-ringing.svg' });
    shown.onclick = () => window.focus();
    return () => shown.close();
  }, [callId, popup]);
}

/** A call that rings brings the agent to the desk from any other page, unless they are in the middle of something there. */
function useGoToDesk() {
  // Not the settled desk: the card is painted where this leads to.
  const callId = useDeskView()?.cards.find(isIncoming)?.callId ?? null;
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const path = useRef(pathname);
  path.current = pathname;
  useEffect(() => {
    if (callId !== null && path.current !== '/desk' && !isBusy()) void navigate('/desk');
  }, [callId, navigate]);
}
