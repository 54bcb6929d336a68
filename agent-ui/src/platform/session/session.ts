import type { Permission, Scope } from '@ringdesk/shared/permission';
import { type Session, sessionApi } from '@ringdesk/shared/user';
import { type Welcome, welcomeApi } from '@ringdesk/shared/welcome';
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { ApiFailure } from '../api/failure.ts';

export type DemoUser = Welcome['demoUsers'][number];

const meKey = ['me'];

async function fetchSession(): Promise<Session | null> {
  try {
    return await call(sessionApi.me, {});
  } catch (failure) {
    if (failure instanceof ApiFailure && failure.code === 'not-logged-in') return null;
    throw failure;
  }
}

const sessionQuery = { queryKey: meKey, queryFn: fetchSession, staleTime: 5 * 60_000 };

/** Who is logged in; `null` when nobody is. */
export function useMe() {
  return useQuery({ ...sessionQuery, select: (session) => session?.user ?? null });
}

/** The name of the own role, when it is one of the house's own; null for a built-in one, which the page has a name for. */
export function useRoleName(): string | null {
  return useQuery(sessionQuery).data?.roleName ?? null;
}

/** A desk is of use to those alone who have a phone. */
const takesCalls = ({ user }: Session) => user.agent !== null;

/** Whether who is logged in may do this. */
export function useMay(): (permission: Permission) => boolean {
  const session = useQuery(sessionQuery).data;
  return (permission) =>
    session?.may[permission] !== undefined && (permission !== 'desk.use' || takesCalls(session));
}

/** How far a permission reaches for who is logged in; null when it is not held. */
export function useScope(permission: Permission): Scope | null {
  return useQuery(sessionQuery).data?.may[permission] ?? null;
}

/** What a stranger may know of this server: whether it only plays a PBX, and then who can be tried. */
export function useWelcome() {
  return useQuery({ queryKey: ['welcome'], queryFn: () => call(welcomeApi.read, {}) });
}

export function useLogin() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { login: string; password: string }) => call(sessionApi.login, { body: input }),
    onSuccess: (session) => become(client, session),
  });
}

export function useLogout() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(sessionApi.logout, {}),
    onSuccess: () => become(client, null),
  });
}

/** Nothing of one user's may be seen by the next. Who is logged in stays in the cache: the page looks at it, and would not hear of another. */
function become(client: QueryClient, session: Session | null): void {
  remember(session !== null);
  client.setQueryData(meKey, session);
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== meKey[0] });
}

const knownKey = 'ringdesk.loggedIn';

function remember(loggedIn: boolean): void {
  try {
    if (loggedIn) window.localStorage.setItem(knownKey, '1');
    else window.localStorage.removeItem(knownKey);
  } catch {
    // Without a storage the pages come a moment later.
  }
}

/** Whether somebody was logged in here when the page was last left: a guess of what will be needed. */
export function wasLoggedIn(): boolean {
  try {
    return window.localStorage.getItem(knownKey) !== null;
  } catch {
    return false;
  }
}
