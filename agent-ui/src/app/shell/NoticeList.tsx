import type { Notification } from '@ringdesk/shared/notification';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useLocale } from '../../platform/i18n/useLocale.ts';
import { useServerNow } from '../../platform/live/useServerNow.ts';
import { formatFull, formatWhen } from '../../ui/format.ts';
import styles from './NoticeBell.module.css';
import { useNoticeWords } from './notices.ts';

interface Props {
  /** Newest first. */
  notifications: readonly Notification[];
  onRead: (ids: string[]) => void;
  onDone: () => void;
}

/** The notifications; the arrows walk them, Enter opens what one is about. */
export function NoticeList({ notifications, onRead, onDone }: Props) {
  const { t } = useTranslation();
  const words = useNoticeWords();
  const locale = useLocale();
  const now = useServerNow();
  const navigate = useNavigate();
  function open({ id, link, readAt }: Notification) {
    if (readAt === null) onRead([id]);
    if (link === null) return;
    onDone();
    void navigate(link);
  }
  return (
    <ul className={styles.list} onKeyDown={walk}>
      {notifications.map((one, i) => {
        const { text, icon: Icon } = words(one);
        return (
          <li key={one.id}>
            <button
              type="button"
              data-autofocus={i === 0 ? true : undefined}
              data-unread={one.readAt === null}
              onClick={() => open(one)}
              data-testid="notice"
            >
              <Icon size={18} aria-hidden="true" />
              <span className={styles.text}>
                {text}
                {one.readAt === null && <span className={styles.spoken}> ({t('notices.unreadMark')})</span>}
              </span>
              <time className="quiet num" dateTime={one.at} title={formatFull(one.at, locale)}>
                {formatWhen(one.at, now, locale)}
              </time>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function walk(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const buttons: (Element | null)[] = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement);
  event.preventDefault();
  const next = buttons[Math.max(0, Math.min(buttons.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)))];
  if (next instanceof HTMLElement) next.focus();
}
