import type { User } from '@ringdesk/shared/user';
import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation } from 'react-router';
import { AwayStrips } from '../../features/desk/AwayStrips.tsx';
import { CallBar } from '../../features/desk/CallBar.tsx';
import { CallSignals } from '../../features/desk/CallSignals.tsx';
import { chooseLanguage, hasChosenLanguage } from '../../platform/i18n/setup.ts';
import { LiveProvider } from '../../platform/live/LiveContext.tsx';
import { ErrorBoundary } from '../../ui/ErrorBoundary.tsx';
import { loadPhoneFormats } from '../../ui/phone.ts';
import { ShortcutProvider } from '../../ui/useShortcut.tsx';
import { Banners } from './Banners.tsx';
import { HelpDialog } from './HelpDialog.tsx';
import { Palette } from './Palette.tsx';
import { Rail } from './Rail.tsx';
import styles from './Shell.module.css';

/** The frame of every page after the login: the rail, the call bar of who takes calls, what must be said, and the page itself. */
export default function Shell({ user }: { user: User }) {
  const client = useQueryClient();
  // Asked again rather than believed: the answer says whether the session is over, and then the login is shown.
  const onSessionEnd = useCallback(() => void client.invalidateQueries({ queryKey: ['me'] }), [client]);
  useEffect(() => {
    // What comes later is fetched now, while the connection is known to work.
    Promise.all([
      loadPhoneFormats(),
      import('../../features/customers/CustomersPage.tsx'),
      import('../../features/customers/ProfilePage.tsx'),
    ]).catch((error: unknown) => console.warn('A part of the page could not be fetched yet', error));
  }, []);
  useEffect(() => {
    if (user.locale === null || hasChosenLanguage()) return;
    chooseLanguage(user.locale).catch((error: unknown) => console.warn('The language stays', error));
  }, [user.locale]);
  const frame = <Frame user={user} />;
  return (
    <ShortcutProvider>
      {user.agent === null ? (
        frame
      ) : (
        <LiveProvider userId={user.id} onSessionEnd={onSessionEnd}>
          {frame}
        </LiveProvider>
      )}
    </ShortcutProvider>
  );
}

function Frame({ user }: { user: User }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {t('skip')}
      </a>
      <Rail user={user} onHelp={() => setHelp(true)} />
      <div className={styles.column}>
        <CallBar agent={user.agent !== null} onSearch={() => setPalette(true)} />
        <Banners />
        <AwayStrips />
        <main id="content" className={styles.content} tabIndex={-1}>
          <ErrorBoundary key={pathname}>
            <Suspense>
              <Outlet />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
      {user.agent !== null && <CallSignals />}
      <Palette opened={palette} onOpen={() => setPalette(true)} onClose={() => setPalette(false)} />
      <HelpDialog
        opened={help}
        agent={user.agent !== null}
        onOpen={() => setHelp(true)}
        onClose={() => setHelp(false)}
      />
    </div>
  );
}
