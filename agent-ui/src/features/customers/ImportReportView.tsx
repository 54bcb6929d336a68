import type { ImportReport } from '@ringdesk/shared/customer-import';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../platform/i18n/useLocale.ts';
import styles from './ImportReportView.module.css';
import { rejectReason } from './rejectReason.ts';

const shownRejects = 500;

/** What an import did, or would do: how each column was read, how many customers, and every line that was refused with why. */
export function ImportReportView({ report, title }: { report: ImportReport; title: string }) {
  const { t } = useTranslation('customers');
  const number = new Intl.NumberFormat(useLocale());
  const { created, updated, unchanged, rejected, rejectedLines } = report;
  const counts = { created, updated, unchanged, rejected: rejectedLines };
  return (
    <section className={styles.report} data-testid="import-report" aria-live="polite">
      <h2>{title}</h2>
      <dl className={styles.counts}>
        {(['created', 'updated', 'unchanged', 'rejected'] as const).map((what) => (
          <div key={what} data-bad={what === 'rejected' && counts.rejected > 0}>
            <dd className="num">{number.format(counts[what])}</dd>
            <dt>{t(`import.${what}`)}</dt>
          </div>
        ))}
      </dl>
      <p className={styles.columns}>
        {t('import.columns')}{' '}
        {report.columns.map(({ header, field }, i) => (
          // Two columns may have one name.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <span key={i} data-left-out={field === null}>
            {header} → {field === null ? t('import.leftOut') : t(`column.${field}`, { defaultValue: field })}
          </span>
        ))}
      </p>
      {rejected.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.rejected}>
            <thead>
              <tr>
                <th scope="col">{t('import.line')}</th>
                <th scope="col">{t('import.field')}</th>
                <th scope="col">{t('import.why')}</th>
              </tr>
            </thead>
            <tbody>
              {rejected.slice(0, shownRejects).map((each) => (
                <tr key={each.line}>
                  <td className="num">{number.format(each.line)}</td>
                  <td>
                    {each.field === null ? '' : t(`column.${each.field}`, { defaultValue: each.field })}
                  </td>
                  <td>{rejectReason(each, t)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rejectedLines > shownRejects && (
        <p className="quiet">{t('import.moreRejected', { count: rejectedLines - shownRejects })}</p>
      )}
    </section>
  );
}
