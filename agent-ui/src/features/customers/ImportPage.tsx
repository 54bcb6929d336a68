import { Button } from '@mantine/core';
import type { ImportState } from '@ringdesk/shared/customer-import';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { codeOf } from '../../platform/api/failure.ts';
import { useFailureText } from '../../platform/i18n/useFailureText.ts';
import { FileDrop } from './FileDrop.tsx';
import styles from './ImportPage.module.css';
import { ImportProgress } from './ImportProgress.tsx';
import { ImportReportView } from './ImportReportView.tsx';
import { importKey, startImport, useImport } from './importApi.ts';

/**
 * Customers from a CSV file: first what would happen, line by line, then, when the reader agrees, it is done. Which import it is stands in the
 * address, so that a page that was reloaded shows it again.
 */
export default function ImportPage() {
  const { t } = useTranslation('customers');
  const failureText = useFailureText();
  const client = useQueryClient();
  const [params, setParams] = useSearchParams();
  const [file, setFile] = useState<File | null>(null);
  const id = params.get('id');
  const followed = useImport(id);
  const start = useMutation({
    mutationFn: ({ csv, dryRun }: { csv: File; dryRun: boolean }) => startImport(csv, dryRun),
    onSuccess: ({ state }) => {
      client.setQueryData(importKey(state.id), state);
      setParams({ id: state.id }, { replace: true });
    },
  });
  function run(csv: File, dryRun: boolean) {
    setFile(csv);
    start.mutate({ csv, dryRun });
  }
  const state = id === null || start.isPending ? undefined : followed.data;
  const busy = start.isPending || state?.state === 'running';
  const isDone = state?.state !== 'running' && state?.dryRun === false;
  useEffect(() => {
    if (isDone) void client.invalidateQueries({ queryKey: ['customers'] });
  }, [isDone, client]);
  const lost = followed.isError && codeOf(followed.error) === 'not-found';
  const changes = state ? state.report.created + state.report.updated : 0;
  return (
    <div className={styles.page}>
      <h1>{t('import.title')}</h1>
      <p className={styles.text}>{t('import.text')}</p>
      <FileDrop file={file} busy={busy} reading={start.isPending} onFile={(csv) => run(csv, true)} />
      {start.isError && (
        <p className={styles.failure} role="alert">
          {failureText(start.error)}
        </p>
      )}
      {start.data?.own === false && <p role="status">{t('import.other')}</p>}
      {lost && !start.isPending && (
        <p className={styles.failure} role="alert">
          {t('import.lost')}
        </p>
      )}
      {state?.state === 'running' && (
        <ImportProgress state={state} away={followed.failureCount > 0 || followed.isError} />
      )}
      {state?.error && (
        <p className={styles.failure} role="alert">
          {t(state.error.code, { ns: 'errors' })}
        </p>
      )}
      {state && state.state !== 'running' && (
        <ImportReportView report={state.report} title={t(titleOf(state))} />
      )}
      {state?.state === 'done' && state.dryRun && (
        <Button
          disabled={changes === 0 || file === null}
          loading={busy}
          onClick={() => file && run(file, false)}
          data-testid="import-run"
        >
          {t('import.run', { count: changes })}
        </Button>
      )}
      {state?.state === 'done' && state.dryRun && file === null && <p>{t('import.again')}</p>}
    </div>
  );
}

function titleOf({ state, dryRun }: ImportState) {
  if (state === 'failed') return 'import.failed' as const;
  return dryRun ? ('import.wouldDo' as const) : ('import.done' as const);
}
