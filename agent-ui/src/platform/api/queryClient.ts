import { retryDelayMs } from '@ringdesk/shared/backoff';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { codeOf, isPassing } from './failure.ts';

/** ms to wait before the n-th repetition (from 0): 0.4 s doubling up to 8 s. */
export const retryDelay = (attempt: number): number => retryDelayMs(attempt + 1, 400, 8_000);

/** Reads are repeated when the way failed, never when the server said no. Writes are never repeated here. */
export function createQueryClient(): QueryClient {
  // Whatever hears first that the session is over, the page asks who is logged in, and shows the login.
  const onError = (failure: Error) => {
    if (codeOf(failure) === 'not-logged-in') void client.invalidateQueries({ queryKey: ['me'] });
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        retry: (count, failure) => count < 4 && isPassing(failure),
        retryDelay,
        staleTime: 30_000,
        // A page behind a weak link believes too easily that it is offline; the request itself knows better.
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
  return client;
}
