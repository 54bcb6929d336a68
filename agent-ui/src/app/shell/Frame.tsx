import type { User } from '@ringdesk/shared/user';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation } from 'react-router';
import { Slot } from '../../platform/slots.tsx';
import { ErrorBoundary } from '../../ui/ErrorBoundary.tsx';
import { Banners } from './Banners.tsx';
import styles from './Frame.module.css';
import { HelpDialog } from './HelpDialog.tsx';
import { Palette } from './Palette.tsx';
import { Rail } from './Rail.tsx';
import { TopBar } from './TopBar.tsx';

/** The frame of every page after the login: the navigation, the top bar, what must be said, and the page itself. */
export function Frame({ user }: { user: User }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {t('skip')}
      </a>
      <Rail />
      <div className={styles.column}>
        <TopBar user={user} onSearch={() => setPalette(true)} onHelp={() => setHelp(true)} />
        <div role="status" aria-live="polite">
          <Banners />
          <Slot name="banners" of={{}} />
        </div>
        <Slot name="strips" of={{}} />
        <main id="content" className={styles.content} tabIndex={-1}>
          <ErrorBoundary key={pathname}>
            <Suspense>
              <Outlet />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
      <Slot name="background" of={{}} />
      <Palette opened={palette} onOpen={() => setPalette(true)} onClose={() => setPalette(false)} />
      <HelpDialog opened={help} onOpen={() => setHelp(true)} onClose={() => setHelp(false)} />
    </div>
  );
}
