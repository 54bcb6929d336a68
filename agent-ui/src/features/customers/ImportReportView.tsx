import type { ImportReport, RejectedLine } from '@ringdesk/shared/customer-import';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLocale } from '../../platform/i18n/useLocale.ts';
import styles from './ImportReportView.module.css';
import { rejectReason } from './rejectReason.ts';

const shown = 200;

/** What an import did, or would do: how many customers, and every line and cell that was not taken, with why. */
export function ImportReportView({ report, title }: { report: ImportReport; title: string }) {
  const { t } = useTranslation('customers');
  const number = new Intl.NumberFormat(useLocale());
  const { created, updated, unchanged, possibleDuplicates, rejectedLines, droppedCells } = report;
  const counts = { created, updated, unchanged, possibleDuplicates, rejected: rejectedLines, droppedCells };
  const bad = new Set<string>(['rejected', 'possibleDuplicates', 'droppedCells']);
  return (
    <section
      className={styles.report}
      data-testid="import-report"
      data-done={!report.dryRun}
      aria-live="polite"
    >
      <h2>{title}</h2>
      <dl className={styles.counts}>
        {(['created', 'possibleDuplicates', 'updated', 'unchanged', 'rejected', 'droppedCells'] as const).map(
          (what) => (
            <div key={what} data-count={what} data-bad={bad.has(what) && counts[what] > 0}>
              <dd className="num">{number.format(counts[what])}</dd>
              <dt>{t(`import.${what}`)}</dt>
            </div>
          ),
        )}
      </dl>
      <Problems what="rejected" lines={report.rejected} all={rejectedLines} />
      <Duplicates report={report} />
      <Problems what="dropped" lines={report.dropped} all={droppedCells} />
    </section>
  );
}

function Problems(props: { what: 'rejected' | 'dropped'; lines: readonly RejectedLine[]; all: number }) {
  const { what, lines, all } = props;
  const { t } = useTranslation('customers');
  const number = new Intl.NumberFormat(useLocale());
  return (
    <Listed what={what} all={all} heads={[t('import.line'), t('import.field'), t('import.why')]}>
      {lines.slice(0, shown).map((each, at) => (
        // A line may have several cells that are left out.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <tr key={at}>
          <td className="num">{number.format(each.line)}</td>
          <td>{each.field === null ? '' : t(`column.${each.field}`, { defaultValue: each.field })}</td>
          <td>{rejectReason(each, t)}</td>
        </tr>
      ))}
    </Listed>
  );
}

function Duplicates({ report }: { report: ImportReport }) {
  const { t } = useTranslation('customers');
  const number = new Intl.NumberFormat(useLocale());
  const heads = [t('import.line'), t('import.customer'), t('import.sameAs')];
  return (
    <Listed what="duplicates" all={report.possibleDuplicates} heads={heads}>
      {report.duplicates.slice(0, shown).map(({ line, name, other }) => (
        <tr key={line}>
          <td className="num">{number.format(line)}</td>
          <td>{name}</td>
          <td>
            {other === null ? (
              t('import.earlierLine')
            ) : (
              <Link to={`/customers/${encodeURIComponent(other.id)}`}>{other.name}</Link>
            )}
          </td>
        </tr>
      ))}
    </Listed>
  );
}

interface ListedProps {
  what: 'rejected' | 'dropped' | 'duplicates';
  all: number;
  heads: readonly string[];
  children: ReactNode;
}

function Listed({ what, all, heads, children }: ListedProps) {
  const { t } = useTranslation('customers');
  const id = useId();
  if (all === 0) return null;
  return (
    <section className={styles.listed} data-testid={`import-${what}`} aria-labelledby={id}>
      <h3 id={id}>{t(`import.${what}Title`)}</h3>
      <p className="quiet">{t(`import.${what}Text`)}</p>
      <table className={styles.lines}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
      {all > shown && <p className="quiet">{t('import.moreListed', { count: all - shown })}</p>}
    </section>
  );
}
