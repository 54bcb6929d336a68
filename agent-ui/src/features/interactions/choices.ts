import { deskApi } from '@ringdesk/shared/desk';
import type { DeskSettings } from '@ringdesk/shared/desk-choices';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../platform/api/call.ts';

/** What can be chosen about a contact, and what chosen ids are called; it changes with the settings only. */
export const choicesQuery = {
  queryKey: ['desk', 'settings'],
  queryFn: () => call(deskApi.choices, {}),
  staleTime: Number.POSITIVE_INFINITY,
};

export function useDeskSettings(): DeskSettings | undefined {
  return useQuery(choicesQuery).data;
}
