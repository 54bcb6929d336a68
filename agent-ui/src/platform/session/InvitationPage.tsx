import { Button, PasswordInput } from '@mantine/core';
import { staffApi } from '@ringdesk/shared/staff';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Logo } from '../../ui/Logo.tsx';
import { Preferences } from '../../ui/Preferences.tsx';
import { call } from '../api/call.ts';
import { useFailureText } from '../i18n/useFailureText.ts';
import { usePageTitle } from '../title.ts';
import styles from './LoginPage.module.css';
import { useLogin } from './session.ts';

/** Who was invited sets the password here, and is let in. The secret is in the part of the address that no server sees. */
export default function InvitationPage({ onBegun }: { onBegun: () => void }) {
  const { t } = useTranslation();
  usePageTitle(t('invitation.title'));
  const failureText = useFailureText();
  const [token] = useState(() => window.location.hash.slice(1));
  const [password, setPassword] = useState('');
  const invited = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => call(staffApi.look, { body: { token } }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const login = useLogin();
  const accept = useMutation({
    mutationFn: async (who: string) => {
      await call(staffApi.accept, { body: { token, password } });
      // The secret goes out of the address, and of what the browser remembers.
      window.history.replaceState(null, '', '/');
      await login.mutateAsync({ login: who, password });
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (invited.data) accept.mutate(invited.data.login);
  }
  const failure = accept.error ?? invited.error;
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
          data-testid="invitation-form"
          aria-labelledby="invitation-title"
        >
          <h1 id="invitation-title">{t('invitation.title')}</h1>
          {failure && (
            <p className={styles.failure} role="alert">
              {invited.isError ? t('invitation.over') : failureText(failure)}
            </p>
          )}
          {invited.data && (
            <>
              <p>{t('invitation.hello', { name: invited.data.name, login: invited.data.login })}</p>
              {/* For the browser's keeper of passwords. */}
              <input type="hidden" name="username" autoComplete="username" value={invited.data.login} />
              <PasswordInput
                label={t('invitation.password')}
                description={t('invitation.rules')}
                autoComplete="new-password"
                autoFocus
                required
                withAsterisk={false}
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
                data-testid="invitation-password"
              />
              <Button type="submit" fullWidth loading={accept.isPending} data-testid="invitation-submit">
                {t('invitation.submit')}
              </Button>
            </>
          )}
        </form>
      </main>
    </div>
  );
}
