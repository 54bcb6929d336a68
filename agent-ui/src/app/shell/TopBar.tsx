import { ActionIcon, Tooltip } from '@mantine/core';
import type { User } from '@ringdesk/shared/user';
import { IconKeyboard, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLink } from '../../platform/live/LiveContext.tsx';
import { Slot } from '../../platform/slots.tsx';
import { ariaKeys, ShortcutKeys } from '../../ui/Keys.tsx';
import { NoticeBell } from './NoticeBell.tsx';
import styles from './TopBar.module.css';
import { UserMenu } from './UserMenu.tsx';

interface Props {
  user: User;
  onSearch: () => void;
  onHelp: () => void;
}

/** On top of every page: what features put there, the search, and what belongs to the user. */
export function TopBar({ user, onSearch, onHelp }: Props) {
  const { t } = useTranslation();
  const { link } = useLink();
  return (
    <header className={styles.bar} data-testid="call-bar">
      <Slot name="topBar" of={{}} />
      <div className={styles.space} />
      <button
        type="button"
        className={styles.search}
        onClick={onSearch}
        aria-keyshortcuts={ariaKeys('search')}
        aria-label={t('bar.search')}
      >
        <IconSearch size={16} stroke={1.8} aria-hidden="true" />
        <span className={styles.wide}>{t('bar.search')}</span>
        <ShortcutKeys of="search" />
      </button>
      <span
        className={styles.link}
        data-link={link}
        role="img"
        aria-label={t(`link.${link}`)}
        title={t(`link.${link}`)}
      />
      <NoticeBell />
      <Tooltip label={t('help.title')}>
        <ActionIcon
          className={styles.help ?? ''}
          variant="subtle"
          color="gray"
          onClick={onHelp}
          aria-label={t('help.title')}
        >
          <IconKeyboard size={20} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <UserMenu user={user} />
    </header>
  );
}
