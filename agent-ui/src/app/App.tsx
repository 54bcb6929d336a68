import { lazy, Suspense } from 'react';
import { LoginPage } from '../platform/session/LoginPage.tsx';
import { useMe, wasLoggedIn } from '../platform/session/session.ts';
import { Unreachable } from '../ui/Unreachable.tsx';
import { Splash } from './Splash.tsx';

const loadPages = () => import('./LoggedIn.tsx');
const LoggedIn = lazy(loadPages);
/** Fetched when somebody comes by an invitation: once in a life. */
const InvitationPage = lazy(() => import('../platform/session/InvitationPage.tsx'));

// Whoever was logged in here last time is so again: the pages come along while the server is asked who it is.
if (wasLoggedIn()) void loadPages();

/** The log-in, small and at once; everything behind it is a part of its own. */
export function App() {
  const me = useMe();
  // The first attempt is quick, or else it is worth a word.
  if (me.isPending && me.failureCount === 0) return <Splash />;
  if (me.failureReason && me.data === undefined)
    return <Unreachable failure={me.failureReason} onRetry={() => void me.refetch()} />;
  const user = me.data;
  if (!user && window.location.pathname === '/invitation')
    return (
      <Suspense fallback={<Splash />}>
        <InvitationPage onBegun={() => void loadPages()} />
      </Suspense>
    );
  // At whatever address: it is where one wants to be after the log-in.
  if (!user) return <LoginPage onBegun={() => void loadPages()} />;
  return (
    <Suspense fallback={<Splash />}>
      <LoggedIn user={user} />
    </Suspense>
  );
}
