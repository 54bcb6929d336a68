import { Menu, useMantineColorScheme } from '@mantine/core';
import { role, type User } from '@ringdesk/shared/user';
import { IconCheck, IconLogout, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { languages } from '../../platform/i18n/language.ts';
import { chooseLanguage } from '../../platform/i18n/setup.ts';
import { useLanguage } from '../../platform/i18n/useLanguage.ts';
import { useLogout, useRoleName } from '../../platform/session/session.ts';
import { Slot } from '../../platform/slots.tsx';
import { initialsOf } from '../../ui/format.ts';
import { notifyFailure } from '../../ui/notifyFailure.ts';
import { nameOfLanguage } from '../../ui/Preferences.tsx';
import styles from './UserMenu.module.css';

const schemes = ['auto', 'light', 'dark'] as const;

export function UserMenu({ user }: { user: User }) {
  const { t } = useTranslation();
  const logout = useLogout();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const language = useLanguage();
  const builtIn = role.safeParse(user.role);
  const roleName = useRoleName();
  return (
    <Menu position="bottom-end" width={250} shadow="md" withinPortal={false}>
      <Menu.Target>
        <button
          type="button"
          className={styles.me}
          aria-label={t('user.menu', { name: user.name })}
          data-initials={initialsOf(user.name)}
          data-testid="user-menu"
        />
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
        <Menu.Label>{t('language')}</Menu.Label>
        {languages.map((each) => (
          <Menu.Item
            key={each}
            lang={each}
            closeMenuOnClick={false}
            onClick={() =>
              chooseLanguage(each).catch((failure: unknown) => notifyFailure(t('language'), failure))
            }
            rightSection={each === language ? <IconCheck size={14} /> : null}
          >
            {nameOfLanguage(each)}
          </Menu.Item>
        ))}
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
        <Menu.Item component={Link} to="/profile" leftSection={<IconUser size={16} />} data-testid="account">
          {t('user.profile')}
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
  );
}
