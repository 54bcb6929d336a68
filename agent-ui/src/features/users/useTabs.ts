import { useTranslation } from 'react-i18next';
import { useMay } from '../../platform/session/session.ts';

/** The pages about people and programs, as far as one may see them. */
export function useTabs() {
  const { t } = useTranslation('users');
  const may = useMay();
  const tabs = [
    { name: 'users', permission: 'users.read' },
    { name: 'teams', permission: 'users.read' },
    { name: 'roles', permission: 'users.read' },
    { name: 'phones', permission: 'users.write' },
    { name: 'tokens', permission: 'tokens.manage' },
  ] as const;
  return tabs
    .filter(({ permission }) => may(permission))
    .map(({ name }) => ({ to: `/people/${name}`, label: t(`tab.${name}`) }));
}
