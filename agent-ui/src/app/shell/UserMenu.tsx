import { Menu, useMantineColorScheme } from '@mantine/core';
import { role, type User } from '@ringdesk/shared/user';
import { IconCheck, IconKey, IconLogout } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLogout, useRoleName } from '../../platform/session/session.ts';
import { Slot } from '../../platform/slots.tsx';
import { initialsOf } from '../../ui/format.ts';
import { notifyFailure } from '../../ui/notifyFailure.ts';
import { LanguageSwitch } from '../../ui/Preferences.tsx';
import styles from './UserMenu.module.css';

/** Fetched when it is opened: few do, and seldom. */
const AccountDialog = lazy(() => import('./AccountDialog.tsx'));

const schemes = ['auto', 'light', 'dark'] as const;

export function UserMenu({ user }: { user: User }) {
  const { t } = useTranslation();
  const logout = useLogout();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [account, setAccount] = useState(false);
  const builtIn = role.safeParse(user.role);
  const roleName = useRoleName();
  return (
    <>
      {account && (
        <Suspense fallback={null}>
          <AccountDialog onClose={() => setAccount(false)} />
        </Suspense>
      )}
      <Menu position="bottom-end" width={250} shadow="md">
        <Menu.Target>
          <button
            type="button"
            className={styles.me}
            aria-label={t('user.menu', { name: user.name })}
            data-testid="user-menu"
          >
            {initialsOf(user.name)}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <div className={styles.who}>
            <strong>{user.name}</strong>
            <span className="quiet">
              {roleName ?? (builtIn.success ? t(`role.${builtIn.data}`) : user.role)}
              {user.agent !== null && ` · ${t('user.phone', { phone: user.agent })}`}
            </span>
          </div>
          <Menu.Divider />
          <div className={styles.line}>
            <span>{t('language')}</span>
            <LanguageSwitch />
          </div>
          <Menu.Label>{t('scheme.label')}</Menu.Label>
          {schemes.map((scheme) => (
            <Menu.Item
              key={scheme}
              closeMenuOnClick={false}
              onClick={() => setColorScheme(scheme)}
              rightSection={colorScheme === scheme ? <IconCheck size={14} /> : null}
            >
              {t(`scheme.${scheme}`)}
            </Menu.Item>
          ))}
          <Slot name="userMenu" of={{}} />
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconKey size={16} />}
            onClick={() => setAccount(true)}
            data-testid="account"
          >
            {t('account.title')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconLogout size={16} />}
            onClick={() =>
              logout.mutate(undefined, { onError: (failure) => notifyFailure(t('user.logout'), failure) })
            }
            data-testid="logout"
          >
            {t('user.logout')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
