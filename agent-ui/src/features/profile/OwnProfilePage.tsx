import { Button, PasswordInput, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import type { OwnSession } from '@ringdesk/shared/user';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiFailure } from '../../platform/api/failure.ts';
import { useFailureText } from '../../platform/i18n/useFailureText.ts';
import { useLanguage } from '../../platform/i18n/useLanguage.ts';
import { useMe } from '../../platform/session/session.ts';
import { notifyFailure } from '../../ui/notifyFailure.ts';
import { LanguageSwitch } from '../../ui/Preferences.tsx';
import { useChangePassword, useEndSession, useOwnSessions } from './accountApi.ts';
import styles from './OwnProfilePage.module.css';

const schemes = ['auto', 'light', 'dark'] as const;

/** What belongs to who is logged in: the password, the places where one is logged in, how the page looks. */
export default function OwnProfilePage() {
  const { t } = useTranslation('profile');
  const me = useMe().data;
  return (
    <div className={styles.page}>
      <h1>{t('title')}</h1>
      <p className="quiet">
        {me?.name} · {me?.login}
      </p>
      <Look />
      <section aria-labelledby="own-password">
        <h2 id="own-password">{t('password')}</h2>
        <PasswordForm />
      </section>
      <Sessions />
    </div>
  );
}

function Look() {
  const { t } = useTranslation('profile');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <section aria-labelledby="own-look">
      <h2 id="own-look">{t('look')}</h2>
      <div className={styles.look}>
        <LanguageSwitch />
        <SegmentedControl
          value={colorScheme}
          onChange={(value) => setColorScheme(schemes.find((scheme) => scheme === value) ?? 'auto')}
          data={schemes.map((value) => ({ value, label: t(`scheme.${value}`, { ns: 'shell' }) }))}
          aria-label={t('scheme.label', { ns: 'shell' })}
        />
      </div>
    </section>
  );
}

function PasswordForm() {
  const { t } = useTranslation('profile');
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
        label={t('current')}
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={current}
        onChange={(event) => setCurrent(event.currentTarget.value)}
        error={wrong.includes('current') && t('currentWrong')}
      />
      <PasswordInput
        label={t('next')}
        description={t('rule')}
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={next}
        onChange={(event) => setNext(event.currentTarget.value)}
        error={wrong.includes('password') && t('nextWeak')}
      />
      {change.isError && !isField && <p role="alert">{failureText(change.error)}</p>}
      {change.isSuccess && <p role="status">{t('changed')}</p>}
      <Button type="submit" loading={change.isPending} disabled={current === '' || next === ''}>
        {t('change')}
      </Button>
    </form>
  );
}

function Sessions() {
  const { t } = useTranslation('profile');
  const sessions = useOwnSessions().data?.sessions ?? [];
  return (
    <section aria-labelledby="own-sessions">
      <h2 id="own-sessions">{t('sessions')}</h2>
      <ul className={styles.sessions}>
        {sessions.map((session) => (
          <SessionLine key={session.id} session={session} />
        ))}
      </ul>
    </section>
  );
}

function SessionLine({ session }: { session: OwnSession }) {
  const { t } = useTranslation('profile');
  const language = useLanguage();
  const end = useEndSession();
  const time = (at: string) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
  return (
    <li data-testid="own-session">
      <div>
        <strong>{session.current ? t('here') : session.address}</strong>
        <span className="quiet">{t('seen', { time: time(session.seenAt) })}</span>
        <span className="quiet" title={session.browser}>
          {session.browser}
        </span>
      </div>
      {!session.current && (
        <Button
          variant="default"
          size="xs"
          loading={end.isPending}
          aria-label={t('endOf', { address: session.address })}
          onClick={() => end.mutate(session.id, { onError: (failure) => notifyFailure(t('end'), failure) })}
        >
          {t('end')}
        </Button>
      )}
    </li>
  );
}
