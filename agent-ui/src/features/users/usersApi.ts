import { staffApi } from '@ringdesk/shared/staff';
import { rolesApi, teamsApi } from '@ringdesk/shared/team';
import { tokensApi } from '@ringdesk/shared/token';
import { role } from '@ringdesk/shared/user';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../platform/api/call.ts';

export const useStaff = () =>
  useQuery({ queryKey: ['users', 'list'], queryFn: async () => (await call(staffApi.list, {})).users });
export const readTeams = async () => (await call(teamsApi.list, {})).teams;
export const useTeams = () => useQuery({ queryKey: ['users', 'teams'], queryFn: readTeams });
export const readRoles = async () => (await call(rolesApi.list, {})).roles;
export const useRoles = () => useQuery({ queryKey: ['users', 'roles'], queryFn: readRoles });
export const usePhones = () =>
  useQuery({ queryKey: ['users', 'phones'], queryFn: async () => (await call(staffApi.phones, {})).phones });
export const useTokens = () =>
  useQuery({ queryKey: ['users', 'tokens'], queryFn: async () => (await call(tokensApi.list, {})).tokens });

/** What a role is called: the page's word for a built-in one, its own name for another. */
export function useRoleNames(): (id: string) => string {
  const { t } = useTranslation();
  const own = useRoles().data ?? [];
  return (id) => {
    const builtIn = role.safeParse(id);
    return builtIn.success ? t(`role.${builtIn.data}`) : (own.find((one) => one.id === id)?.name ?? id);
  };
}
