import '../ui/stylesInside.ts';
import { Notifications } from '@mantine/notifications';
import type { User } from '@ringdesk/shared/user';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import type { Feature } from '../platform/feature.ts';
import { insideTexts } from '../platform/i18n/insideTexts.ts';
import { chooseLanguage, hasChosenLanguage, type NeededTexts, needTexts } from '../platform/i18n/setup.ts';
import { ConnectionProvider } from '../platform/live/LiveContext.tsx';
import { LiveReloads } from '../platform/live/LiveReloads.tsx';
import { useMay } from '../platform/session/session.ts';
import { Around, FeaturesProvider } from '../platform/slots.tsx';
import { loadPhoneFormats } from '../ui/phone.ts';
import { Unreachable } from '../ui/Unreachable.tsx';
import { ShortcutProvider } from '../ui/useShortcut.tsx';
import { allowedFeatures, landingOf } from './allowed.ts';
import { features } from './features.ts';
import { Page } from './Page.tsx';
import { Splash } from './Splash.tsx';
import { Frame } from './shell/Frame.tsx';
import { NotFoundPage } from './shell/NotFoundPage.tsx';

/** Everything behind the log-in: the frame, and in it the pages of the features that the user may use. */
export default function LoggedIn({ user }: { user: User }) {
  const may = useMay();
  const key = features.map(({ permission }) => permission === 'session' || may(permission)).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what one may is a new function at each drawing
  const allowed = useMemo(() => allowedFeatures(features, may), [key, user.id]);
  const texts = useTexts(allowed, user);
  const client = useQueryClient();
  // Asked again rather than believed: the answer says whether the session is over, and then the login is shown.
  const onSessionEnd = useCallback(() => void client.invalidateQueries({ queryKey: ['me'] }), [client]);
  useEarlyPages(allowed);
  if (texts.isError) return <Unreachable failure={texts.error} onRetry={() => void texts.refetch()} />;
  if (!texts.isSuccess) return <Splash />;
  return (
    <FeaturesProvider features={allowed}>
      {/* The search field lives in the address: as a transition it would lag behind the keys, and lose some while a call pops. */}
      <BrowserRouter useTransitions={false}>
        <ShortcutProvider>
          <ConnectionProvider onSessionEnd={onSessionEnd}>
            <LiveReloads />
            <Around>
              <Pages allowed={allowed} user={user} />
            </Around>
            <Notifications position="bottom-left" limit={3} />
          </ConnectionProvider>
        </ShortcutProvider>
      </BrowserRouter>
    </FeaturesProvider>
  );
}

function Pages({ allowed, user }: { allowed: readonly Feature[]; user: User }) {
  const home = landingOf(allowed);
  const toHome = home === null ? <NotFoundPage home={null} /> : <Navigate to={home} replace />;
  return (
    <Routes>
      <Route element={<Frame user={user} />}>
        {allowed.flatMap(({ routes = [] }) =>
          routes.map((route) => (
            <Route key={route.path} path={route.path} element={<Page route={route} />} />
          )),
        )}
        <Route path="/" element={toHome} />
        <Route path="/login" element={toHome} />
        <Route path="*" element={<NotFoundPage home={home} />} />
      </Route>
    </Routes>
  );
}

/** The texts of the features, in the language that the user speaks. */
function useTexts(allowed: readonly Feature[], { id, locale }: User) {
  return useQuery({
    queryKey: ['texts', id, allowed.map((feature) => feature.id).join()],
    queryFn: async () => {
      const files = allowed.flatMap(({ id, texts }): [string, NeededTexts][] =>
        texts ? [[id, { namespace: id, file: texts }]] : [],
      );
      await needTexts(new Map([...insideTexts, ...files]));
      if (locale !== null && !hasChosenLanguage()) await chooseLanguage(locale);
      return true;
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
}

/** What comes later is fetched now, while the connection is known to work. */
function useEarlyPages(allowed: readonly Feature[]) {
  useEffect(() => {
    const early = allowed.flatMap(({ routes = [] }) => routes).filter(({ early }) => early);
    Promise.all([loadPhoneFormats(), ...early.map(({ page }) => page())]).catch((error: unknown) =>
      console.warn('A part of the page could not be fetched yet', error),
    );
  }, [allowed]);
}
