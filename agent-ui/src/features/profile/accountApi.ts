import { sessionApi } from '@ringdesk/shared/user';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../platform/api/call.ts';

const sessionsKey = ['me', 'sessions'];

/** The places where one is logged in, the newest first. */
export function useOwnSessions() {
  return useQuery({ queryKey: sessionsKey, queryFn: () => call(sessionApi.list, {}) });
}

export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(sessionApi.end, { params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsKey }),
  });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { current: string; next: string }) => call(sessionApi.changePassword, { body }),
    // All other sessions are over now.
    onSuccess: () => client.invalidateQueries({ queryKey: sessionsKey }),
  });
}
