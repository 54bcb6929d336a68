import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { LoginPage } from '../platform/session/LoginPage.tsx';
import { useMay, useMe } from '../platform/session/session.ts';
import { NotFoundPage } from './shell/NotFoundPage.tsx';
import { Unreachable } from './shell/Unreachable.tsx';

const loadShell = () => import('./shell/Shell.tsx');
const loadDesk = () => import('../features/desk/Desk.tsx');
const Shell = lazy(loadShell);
const Desk = lazy(loadDesk);
const CustomersPage = lazy(() => import('../features/customers/CustomersPage.tsx'));
const ProfilePage = lazy(() => import('../features/customers/ProfilePage.tsx'));
const ImportPage = lazy(() => import('../features/customers/ImportPage.tsx'));

// Most who open the page go to the desk: it comes along while the server is asked who they are.
void loadShell();
void loadDesk();

export function App() {
  const me = useMe();
  const may = useMay();
  // The first attempt is quick, or else it is worth a word.
  if (me.isPending && me.failureCount === 0) return null;
  if (me.failureReason && me.data === undefined)
    return <Unreachable failure={me.failureReason} onRetry={() => void me.refetch()} />;
  const user = me.data;
  if (!user) {
    return (
      <Routes>
        <Route path="/login" element={<LoginPage />} />
        <Route path="*" element={<Navigate to="/login" replace />} />
      </Routes>
    );
  }
  const home = user.agent === null ? '/customers' : '/desk';
  return (
    <Suspense>
      <Routes>
        <Route element={<Shell user={user} />}>
          {user.agent !== null && <Route path="/desk" element={<Desk />} />}
          <Route path="/customers" element={<CustomersPage />} />
          <Route path="/customers/:id" element={<ProfilePage />} />
          {may('customers.import') && <Route path="/import" element={<ImportPage />} />}
          <Route path="/" element={<Navigate to={home} replace />} />
          <Route path="/login" element={<Navigate to={home} replace />} />
          <Route path="*" element={<NotFoundPage home={home} />} />
        </Route>
      </Routes>
    </Suspense>
  );
}
