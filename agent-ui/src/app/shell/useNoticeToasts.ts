import { notifications as toasts } from '@mantine/notifications';
import type { Notification } from '@ringdesk/shared/notification';
import { createElement, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { isRinging } from '../../platform/title.ts';
import { NoticeToast } from './NoticeToast.tsx';
import { freshNotices, useNoticeWords } from './notices.ts';

/** ms between two looks whether the phone still rings. */
const lookMs = 1_000;
const shownMs = 8_000;

/** Shows what is new for a moment, but not while a phone rings: then it waits. What interrupts stays until it is put away. */
export function useNoticeToasts(all: readonly Notification[] | undefined, onRead: (ids: string[]) => void) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const words = useNoticeWords();
  const known = useRef<Set<string> | null>(null);
  const waiting = useRef<Notification[]>([]);
  const show = useRef<() => void>(() => undefined);
  useEffect(() => {
    show.current = () => {
      if (isRinging()) return;
      for (const one of waiting.current.splice(0)) {
        const { text, icon } = words(one);
        const { id, link, weight } = one;
        toasts.show({
          id: `notice-${id}`,
          title: text,
          icon: createElement(icon, { size: 18 }),
          autoClose: weight === 'interrupt' ? false : shownMs,
          color: weight === 'interrupt' ? 'red' : 'ink',
          message:
            link === null
              ? ''
              : createElement(NoticeToast, {
                  label: t('notices.open'),
                  onOpen: () => {
                    toasts.hide(`notice-${id}`);
                    onRead([id]);
                    void navigate(link);
                  },
                }),
        });
      }
    };
  });
  useEffect(() => {
    if (all === undefined) return;
    waiting.current.push(...freshNotices(all, known.current));
    known.current = new Set([...(known.current ?? []), ...all.map(({ id }) => id)]);
    show.current();
  }, [all]);
  useEffect(() => {
    const timer = setInterval(() => waiting.current.length > 0 && show.current(), lookMs);
    return () => clearInterval(timer);
  }, []);
}
