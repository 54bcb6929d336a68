import type { Permission, Scope } from '@ringdesk/shared/permission';
import type { Session } from '@ringdesk/shared/user';
import type { Welcome } from '@ringdesk/shared/welcome';
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, call, pathOf } from '../api/call.ts';
import { send } from '../api/request.ts';

export type DemoUser = Welcome['demoUsers'][number];

const meKey = ['me'];

/**
 * The contracts of what the log-in asks, with all that reads answers by them: fetched apart, since a stranger who is told to log in needs none of it.
 */
const contracts = () => import('./contracts.ts');

async function fetchSession(): Promise<Session | null> {
  const response = await send(pathOf('/me'), { accept: 401 });
  if (response.status === 401) return null;
  return answerOf((await contracts()).sessionApi.me, response);
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
  return useQuery({
    queryKey: ['welcome'],
    queryFn: async () => call((await contracts()).welcomeApi.read, {}),
  });
}

export function useLogin() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: { login: string; password: string }) =>
      call((await contracts()).sessionApi.login, { body: input }),
    onSuccess: (session) => become(client, session),
  });
}

export function useLogout() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => call((await contracts()).sessionApi.logout, {}),
    onSuccess: () => {
      // Whoever comes next begins at their own beginning; a session that ended by itself goes on where it was.
      window.history.replaceState(null, '', '/');
      become(client, null);
    },
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
