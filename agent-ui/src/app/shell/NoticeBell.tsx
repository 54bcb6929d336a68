import { ActionIcon, Button, Popover } from '@mantine/core';
import { IconBell, IconBellOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ariaKeys } from '../../ui/Keys.tsx';
import { notifyFailure } from '../../ui/notifyFailure.ts';
import { Unreachable } from '../../ui/Unreachable.tsx';
import { useShortcut } from '../../ui/useShortcut.tsx';
import styles from './NoticeBell.module.css';
import { NoticeList } from './NoticeList.tsx';
import { useNotices, useReadNotices } from './notices.ts';
import { useNoticeToasts } from './useNoticeToasts.ts';

/** What the user should know: how much is new, and the list of it. */
export function NoticeBell() {
  const { t } = useTranslation();
  const found = useNotices();
  const read = useReadNotices();
  const [opened, setOpened] = useState(false);
  const markRead = (ids: string[] | null) =>
    read.mutate(ids, { onError: (failure) => notifyFailure(t('notices.readAll'), failure) });
  useNoticeToasts(found.data?.notifications, markRead);
  useShortcut('notices', () => {
    setOpened(!opened);
    return true;
  });
  const unread = found.data?.unread ?? 0;
  const all = found.data?.notifications ?? [];
  return (
    <Popover
      position="bottom-end"
      width={380}
      shadow="md"
      trapFocus
      returnFocus
      opened={opened}
      onChange={setOpened}
    >
      <Popover.Target>
        <ActionIcon
          className={styles.bell ?? ''}
          variant="subtle"
          color="gray"
          onClick={() => setOpened(!opened)}
          aria-label={unread > 0 ? t('notices.unread', { count: unread }) : t('notices.title')}
          aria-keyshortcuts={ariaKeys('notices')}
          data-testid="notices"
        >
          <IconBell size={20} stroke={1.6} />
          {unread > 0 && (
            <span className={`${styles.count} num`} aria-hidden="true">
              {unread > 99 ? '99+' : unread}
            </span>
          )}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('notices.title')}>
        <div className={styles.top}>
          <h2>{t('notices.title')}</h2>
          {unread > 0 && (
            <Button variant="subtle" size="compact-xs" onClick={() => markRead(null)}>
              {t('notices.readAll')}
            </Button>
          )}
        </div>
        {found.isError && found.data === undefined && (
          <Unreachable failure={found.error} onRetry={() => void found.refetch()} />
        )}
        {found.data && all.length === 0 && (
          <EmptyState
            icon={<IconBellOff size={24} />}
            title={t('notices.none')}
            text={t('notices.noneText')}
          />
        )}
        <NoticeList notifications={all} onRead={markRead} onDone={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
