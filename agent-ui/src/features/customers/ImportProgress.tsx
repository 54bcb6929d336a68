import { Progress } from '@mantine/core';
import type { ImportState } from '@ringdesk/shared/customer-import';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../platform/i18n/useLocale.ts';
import styles from './ImportProgress.module.css';

interface Props {
  state: ImportState;
  /** The server cannot be asked at the moment. */
  away: boolean;
}

/** How far an import is, while it runs. */
export function ImportProgress({ state, away }: Props) {
  const { t } = useTranslation('customers');
  const number = new Intl.NumberFormat(useLocale());
  const { done, all } = state.lines;
  const title = t(state.dryRun ? 'import.checking' : 'import.importing');
  return (
    <section className={styles.progress} data-testid="import-progress">
      <p>
        <strong>{title}</strong>
        <span className="num">
          {t('import.lines', { done: number.format(done), all: number.format(all) })}
        </span>
      </p>
      <Progress value={all === 0 ? 0 : (100 * done) / all} aria-label={title} animated={!away} />
      <p className="quiet" role="status">
        {t(away ? 'import.away' : 'import.goesOn')}
      </p>
    </section>
  );
}
