import { type Role, role, type User, user } from '@ringdesk/shared/user';
import type { Welcome } from '@ringdesk/shared/welcome';
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { ApiFailure } from '../api/failure.ts';
import { ask, tell } from '../api/request.ts';

const session = z.object({ user });

const welcome: z.ZodType<Welcome> = z.object({
  simulated: z.boolean(),
  embeddedStore: z.boolean(),
  demoUsers: z.array(z.object({ login: z.string(), password: z.string(), name: z.string(), role })),
});
export type DemoUser = Welcome['demoUsers'][number];

const meKey = ['me'];

async function fetchMe(): Promise<User | null> {
  try {
    return (await ask('/api/me', session)).user;
  } catch (failure) {
    if (failure instanceof ApiFailure && failure.code === 'not-logged-in') return null;
    throw failure;
  }
}

/** Who is logged in; `null` when nobody is. */
export function useMe() {
  return useQuery({ queryKey: meKey, queryFn: fetchMe, staleTime: 5 * 60_000 });
}

/** What a stranger may know of this server: whether it only plays a PBX, and then who can be tried. */
export function useWelcome() {
  return useQuery({ queryKey: ['welcome'], queryFn: () => ask('/api/welcome', welcome) });
}

export function useLogin() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { login: string; password: string }) =>
      ask('/api/login', session, { method: 'POST', body: input }),
    onSuccess: ({ user: me }) => become(client, me),
  });
}

export function useLogout() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => tell('/api/logout'),
    onSuccess: () => become(client, null),
  });
}

/** Nothing of one user's may be seen by the next. Who is logged in stays in the cache: the page looks at it, and would not hear of another. */
function become(client: QueryClient, me: User | null): void {
  client.setQueryData(meKey, me);
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== meKey[0] });
}

/** Whether a role may do what supervisors do. */
export const isSupervisor = (of: Role): boolean => of !== 'agent';
