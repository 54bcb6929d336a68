import {
  fileFault,
  type ImportField,
  type ImportReport,
  type ImportState,
} from '@ringdesk/shared/customer-import';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ApiFailure, codeOf } from '../../platform/api/failure.ts';
import { useFailureText } from '../../platform/i18n/useFailureText.ts';
import { ColumnMapping } from './ColumnMapping.tsx';
import { FileDrop } from './FileDrop.tsx';
import { ImportFooter } from './ImportFooter.tsx';
import styles from './ImportPage.module.css';
import { ImportProgress } from './ImportProgress.tsx';
import { ImportReportView } from './ImportReportView.tsx';
import { importKey, type SaidColumns, startImport, useImport } from './importApi.ts';

interface Asked {
  file: File;
  dryRun: boolean;
  columns: SaidColumns;
}

const nameFields = new Set<ImportField | null>(['name', 'lastName', 'firstName', 'company']);

/**
 * Customers from a file: first how its columns are read and what would happen, then, when the reader agrees, it is done. Which import it is stands
 * in the address, so that a page that was reloaded shows it again.
 */
export default function ImportPage() {
  const { t } = useTranslation('customers');
  const client = useQueryClient();
  const [params, setParams] = useSearchParams();
  const [file, setFile] = useState<File | null>(null);
  /** As they were put right by hand since the check; null when they were not. */
  const [fields, setFields] = useState<(ImportField | null)[] | null>(null);
  const id = params.get('id');
  const followed = useImport(id);
  const start = useMutation({
    mutationFn: ({ file: sent, dryRun, columns }: Asked) => startImport(sent, dryRun, columns),
    onSuccess: ({ state }) => {
      client.setQueryData(importKey(state.id), state);
      setParams({ id: state.id }, { replace: true });
    },
  });
  function run(asked: Asked) {
    setFile(asked.file);
    setFields(null);
    start.mutate(asked);
  }
  function again(dryRun: boolean, columns: SaidColumns) {
    if (file !== null) run({ file, dryRun, columns });
  }
  function next() {
    setFile(null);
    start.reset();
    setParams({}, { replace: true });
  }
  const state = id === null || start.isPending ? undefined : followed.data;
  const busy = start.isPending || state?.state === 'running';
  const isDone = state?.state !== 'running' && state?.dryRun === false;
  useEffect(() => {
    if (isDone) void client.invalidateQueries({ queryKey: ['customers'] });
  }, [isDone, client]);
  const report = state && state.state !== 'running' ? state.report : undefined;
  const shown = report?.columns.map((column, at) => ({ ...column, field: fields?.[at] ?? null }));
  const columns = fields === null ? report?.columns : shown;
  return (
    <div className={styles.page}>
      <h1>{t('import.title')}</h1>
      {!isDone && <p className={styles.text}>{t('import.text')}</p>}
      {!isDone && (
        <FileDrop
          file={file}
          busy={busy}
          reading={start.isPending}
          onFile={(chosen) => run({ file: chosen, dryRun: true, columns: null })}
        />
      )}
      {start.isError && <Failure failure={start.error} />}
      {start.data?.own === false && <p role="status">{t('import.other')}</p>}
      {followed.isError && codeOf(followed.error) === 'not-found' && !start.isPending && (
        <p className={styles.failure} role="alert">
          {t('import.lost')}
        </p>
      )}
      {state?.state === 'running' && (
        <ImportProgress state={state} away={followed.failureCount > 0 || followed.isError} />
      )}
      {report && <Source source={report.source} />}
      {state && report && <Outcome state={state} report={report} />}
      {state?.dryRun && report && columns && report.source.format !== 'vcard' && (
        <ColumnMapping
          columns={columns}
          mapping={report.mapping}
          disabled={file === null}
          onChange={setFields}
          onByNames={() => again(true, 'auto')}
        />
      )}
      {state && report && (
        <ImportFooter
          state={state}
          hasFile={file !== null}
          changed={fields !== null}
          onCheck={() => again(true, fields)}
          onRun={() =>
            again(false, report.mapping === 'names' ? null : report.columns.map(({ field }) => field))
          }
          onNext={next}
        />
      )}
    </div>
  );
}

/** Why the file was refused, and from which line on. */
function Failure({ failure }: { failure: unknown }) {
  const { t } = useTranslation('customers');
  const failureText = useFailureText();
  const fields = failure instanceof ApiFailure ? failure.fields : [];
  const fault = fileFault.safeParse(fields.find(({ path }) => path === 'file')?.message);
  const line = fields.find(({ path }) => path.startsWith('line '))?.path.slice('line '.length) ?? '';
  return (
    <p className={styles.failure} role="alert">
      {fault.success ? t(`fileFault.${fault.data}`, { line }) : failureText(failure)}
    </p>
  );
}

/** The report; or, where no column is the customer's name, that it has to be said which one is. */
function Outcome({ state, report }: { state: ImportState; report: ImportReport }) {
  const { t } = useTranslation('customers');
  if (state.dryRun && !report.columns.some(({ field }) => nameFields.has(field)))
    return (
      <p className={styles.failure} role="alert">
        {t('import.noName')}
      </p>
    );
  const title = state.state === 'failed' ? 'import.failed' : state.dryRun ? 'import.wouldDo' : 'import.done';
  return (
    <>
      {state.error && (
        <p className={styles.failure} role="alert">
          {t(state.error.code, { ns: 'errors' })}
        </p>
      )}
      <ImportReportView report={report} title={t(title)} />
    </>
  );
}

function Source({ source: { format, encoding, delimiter } }: { source: ImportReport['source'] }) {
  const { t } = useTranslation('customers');
  return (
    <p className="quiet" data-testid="import-source">
      {t(`import.source_${format}`, {
        encoding: encoding?.toUpperCase(),
        delimiter: delimiter === '\t' ? t('import.tab') : `«${delimiter}»`,
      })}
    </p>
  );
}
