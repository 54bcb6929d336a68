import { Button, Modal, PasswordInput } from '@mantine/core';
import type { OwnSession } from '@ringdesk/shared/user';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiFailure } from '../../platform/api/failure.ts';
import { useFailureText } from '../../platform/i18n/useFailureText.ts';
import { useLanguage } from '../../platform/i18n/useLanguage.ts';
import { useChangePassword, useEndSession, useOwnSessions } from '../../platform/session/account.ts';
import { notifyFailure } from '../../ui/notifyFailure.ts';
import styles from './AccountDialog.module.css';

/** One's own password, and the places where one is logged in. */
export default function AccountDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('account.title')}
      size={520}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <PasswordForm />
      <Sessions />
    </Modal>
  );
}

function PasswordForm() {
  const { t } = useTranslation();
  const failureText = useFailureText();
  const change = useChangePassword();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');

  function submit(event: FormEvent) {
    event.preventDefault();
    change.mutate({ current, next }, { onSuccess: () => [setCurrent(''), setNext('')] });
  }

  const wrong = change.error instanceof ApiFailure ? change.error.fields.map(({ path }) => path) : [];
  const isField = wrong.includes('current') || wrong.includes('password');
  return (
    <form onSubmit={submit} className={styles.form} data-testid="password-form">
      <PasswordInput
        label={t('account.current')}
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={current}
        onChange={(event) => setCurrent(event.currentTarget.value)}
        error={wrong.includes('current') && t('account.currentWrong')}
      />
      <PasswordInput
        label={t('account.next')}
        description={t('account.rule')}
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={next}
        onChange={(event) => setNext(event.currentTarget.value)}
        error={wrong.includes('password') && t('account.nextWeak')}
      />
      {change.isError && !isField && <p role="alert">{failureText(change.error)}</p>}
      {change.isSuccess && <p role="status">{t('account.changed')}</p>}
      <Button type="submit" loading={change.isPending} disabled={current === '' || next === ''}>
        {t('account.change')}
      </Button>
    </form>
  );
}

function Sessions() {
  const { t } = useTranslation();
  const sessions = useOwnSessions().data?.sessions ?? [];
  return (
    <section aria-labelledby="own-sessions">
      <h2 id="own-sessions" className={styles.heading}>
        {t('account.sessions')}
      </h2>
      <ul className={styles.sessions}>
        {sessions.map((session) => (
          <SessionLine key={session.id} session={session} />
        ))}
      </ul>
    </section>
  );
}

function SessionLine({ session }: { session: OwnSession }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const end = useEndSession();
  const time = (at: string) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
  return (
    <li data-testid="own-session">
      <div>
        <strong>{session.current ? t('account.here') : session.address}</strong>
        <span className="quiet">{t('account.seen', { time: time(session.seenAt) })}</span>
        <span className="quiet" title={session.browser}>
          {session.browser}
        </span>
      </div>
      {!session.current && (
        <Button
          variant="default"
          size="xs"
          loading={end.isPending}
          aria-label={t('account.endOf', { address: session.address })}
          onClick={() =>
            end.mutate(session.id, { onError: (failure) => notifyFailure(t('account.end'), failure) })
          }
        >
          {t('account.end')}
        </Button>
      )}
    </li>
  );
}
