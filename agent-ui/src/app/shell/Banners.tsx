import {
  IconClockExclamation,
  IconCloudOff,
  IconDatabase,
  IconDatabaseX,
  IconInfoCircle,
  IconPhoneOff,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettledDesk } from '../../platform/live/LiveContext.tsx';
import { useWelcome } from '../../platform/session/session.ts';
import { Duration } from '../../ui/Duration.tsx';
import { useTicking } from '../../ui/ticker.ts';
import styles from './Banners.module.css';

/** A link that is back within this time was never missed, ms. */
const unnoticedMs = 1_200;

/** What an agent must know about the ways between page, server and PBX: loud when a way is cut, quiet when something is only a trial. */
export function Banners() {
  const { t } = useTranslation();
  const { link, lostAt, view } = useSettledDesk();
  const server = useWelcome().data;
  const lost = useTicking(() => link === 'lost' && lostAt !== null && Date.now() - lostAt > unnoticedMs);
  const pbxDown = view?.pbx.state === 'down' ? view.pbx : null;
  return (
    <div role="status" aria-live="polite">
      {lost && lostAt !== null && (
        <Banner loud icon={<IconCloudOff size={16} />} testId="banner-link">
          <strong>{t('banner.link')}</strong> {t('banner.linkKept')}
        </Banner>
      )}
      {pbxDown && (
        <Banner loud icon={<IconPhoneOff size={16} />} testId="banner-pbx">
          <strong>{t('banner.pbx')}</strong> {t('banner.pbxText')} <Duration since={pbxDown.since} />
        </Banner>
      )}
      {view?.pbx.state === 'up' && view.pbx.warning === 'no-timestamps' && (
        <Banner icon={<IconClockExclamation size={14} />} testId="banner-times">
          {t('banner.pbxTimes')}
        </Banner>
      )}
      {view?.pbx.state === 'up' && view.pbx.warning === 'journal' && (
        <Banner loud icon={<IconDatabaseX size={16} />} testId="banner-journal">
          {t('banner.journal')}
        </Banner>
      )}
      {server?.simulated && (
        <Banner icon={<IconInfoCircle size={14} />} testId="banner-simulated">
          {t('banner.simulated')}
          {server.embeddedStore && ` ${t('banner.embedded')}`}
        </Banner>
      )}
      {server && !server.simulated && server.embeddedStore && (
        <Banner icon={<IconDatabase size={14} />} testId="banner-embedded">
          {t('banner.embedded')}
        </Banner>
      )}
    </div>
  );
}

function Banner({
  loud = false,
  icon,
  testId,
  children,
}: {
  loud?: boolean;
  icon: ReactNode;
  testId: string;
  children: ReactNode;
}) {
  return (
    <p className={loud ? styles.loud : styles.quiet} data-testid={testId}>
      {icon}
      <span>{children}</span>
    </p>
  );
}
