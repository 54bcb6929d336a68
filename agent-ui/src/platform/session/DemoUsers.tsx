import { useTranslation } from 'react-i18next';
import { initialsOf } from '../../ui/format.ts';
import styles from './DemoUsers.module.css';
import type { DemoUser } from './session.ts';

interface Props {
  users: DemoUser[];
  busy: boolean;
  onChoose: (user: { login: string; password: string }) => void;
}

/** Where only a simulated PBX answers: who can be tried, by one click. */
export function DemoUsers({ users, busy, onChoose }: Props) {
  const { t } = useTranslation();
  return (
    <section className={styles.demo} aria-labelledby="demo-title">
      <h2 id="demo-title">{t('login.demoTitle')}</h2>
      <p>{t('login.demoText')}</p>
      <ul>
        {users.map(({ login, password, name, role }) => (
          <li key={login}>
            <button
              type="button"
              disabled={busy}
              onClick={() => onChoose({ login, password })}
              data-testid={`demo-${login}`}
            >
              <span className={styles.initials} aria-hidden="true">
                {initialsOf(name)}
              </span>
              <span className={styles.name}>{name}</span>
              <span className={styles.role}>{t(`role.${role}`)}</span>
              <code>{login}</code>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
