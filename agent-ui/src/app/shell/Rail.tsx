import { Tooltip } from '@mantine/core';
import type { User } from '@ringdesk/shared/user';
import { IconFileImport, IconHeadset, IconKeyboard, IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useNavigate } from 'react-router';
import { useMay } from '../../platform/session/session.ts';
import { ariaKeys } from '../../ui/Keys.tsx';
import { useShortcut } from '../../ui/useShortcut.tsx';
import { Logo } from './Logo.tsx';
import styles from './Rail.module.css';
import { UserMenu } from './UserMenu.tsx';

interface Props {
  user: User;
  onHelp: () => void;
}

export function Rail({ user, onHelp }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const go = (to: string) => () => {
    void navigate(to);
    return true;
  };
  const may = useMay();
  useShortcut('desk', go('/desk'), user.agent !== null);
  useShortcut('customers', go('/customers'));
  return (
    <nav className={styles.rail} aria-label={t('nav.label')}>
      <div className={styles.logo}>
        <Logo />
      </div>
      {user.agent !== null && (
        <Place
          to="/desk"
          label={t('nav.desk')}
          keys={ariaKeys('desk')}
          icon={<IconHeadset size={20} stroke={1.6} />}
        />
      )}
      <Place
        to="/customers"
        label={t('nav.customers')}
        keys={ariaKeys('customers')}
        icon={<IconUsers size={20} stroke={1.6} />}
      />
      {may('customers.import') && (
        <Place to="/import" label={t('nav.import')} icon={<IconFileImport size={20} stroke={1.6} />} />
      )}
      <div className={styles.space} />
      <Tooltip label={t('help.title')} position="right">
        <button
          type="button"
          className={`${styles.place} ${styles.wide}`}
          onClick={onHelp}
          aria-label={t('help.title')}
        >
          <IconKeyboard size={20} stroke={1.6} />
        </button>
      </Tooltip>
      <UserMenu user={user} />
    </nav>
  );
}

function Place({ to, label, keys, icon }: { to: string; label: string; keys?: string; icon: ReactNode }) {
  return (
    <Tooltip label={label} position="right">
      <NavLink
        to={to}
        className={styles.place ?? ''}
        aria-label={label}
        {...(keys && { 'aria-keyshortcuts': keys })}
      >
        {icon}
        <span className={styles.label} aria-hidden="true">
          {label}
        </span>
      </NavLink>
    </Tooltip>
  );
}
