import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Logo } from '../../ui/Logo.tsx';
import { Preferences } from '../../ui/Preferences.tsx';
import { useFailureText } from '../i18n/useFailureText.ts';
import { usePageTitle } from '../title.ts';
import { DemoUsers } from './DemoUsers.tsx';
import styles from './LoginPage.module.css';
import { useLogin, useWelcome } from './session.ts';

interface Props {
  /** Somebody is about to log in: what comes after may be fetched. */
  onBegun: () => void;
}

export function LoginPage({ onBegun }: Props) {
  const { t } = useTranslation();
  usePageTitle(t('login.title'));
  const failureText = useFailureText();
  const login = useLogin();
  const demo = useWelcome().data;
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');

  function submit(event: FormEvent) {
    event.preventDefault();
    login.mutate({ login: name, password });
  }

  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <Logo named />
        <Preferences />
      </header>
      <main className={styles.main}>
        <form
          className={styles.form}
          onSubmit={submit}
          onChange={onBegun}
          data-testid="login-form"
          aria-labelledby="login-title"
        >
          <h1 id="login-title">{t('login.title')}</h1>
          {login.isError && (
            <p className={styles.failure} role="alert">
              {failureText(login.error)}
            </p>
          )}
          <TextInput
            label={t('login.login')}
            name="login"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            required
            withAsterisk={false}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('login.password')}
            name="password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" fullWidth loading={login.isPending} data-testid="login-submit">
            {t('login.submit')}
          </Button>
        </form>
        {demo?.simulated && demo.demoUsers.length > 0 && (
          <DemoUsers users={demo.demoUsers} busy={login.isPending} onChoose={(user) => login.mutate(user)} />
        )}
      </main>
      <footer className={styles.foot}>
        <a href="/source.tar.gz" download>
          {t('login.source')}
        </a>
      </footer>
    </div>
  );
}
