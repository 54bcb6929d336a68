import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFailureText } from '../i18n/useFailureText.ts';
import { sendCsv } from './customerApi.ts';
import { FileDrop } from './FileDrop.tsx';
import styles from './ImportPage.module.css';
import { ImportReportView } from './ImportReportView.tsx';

/** Customers from a CSV file: first what would happen, line by line, then, when the reader agrees, it is done. */
export default function ImportPage() {
  const { t } = useTranslation('customers');
  const failureText = useFailureText();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const run = useMutation({
    mutationFn: ({ csv, dryRun }: { csv: File; dryRun: boolean }) => sendCsv(csv, dryRun),
    onSuccess: (report) => {
      if (!report.dryRun) void client.invalidateQueries({ queryKey: ['customers'] });
    },
  });
  function take(csv: File) {
    setFile(csv);
    run.mutate({ csv, dryRun: true });
  }
  const report = run.data;
  const changes = report ? report.created + report.updated : 0;
  return (
    <div className={styles.page}>
      <h1>{t('import.title')}</h1>
      <p className={styles.text}>{t('import.text')}</p>
      <FileDrop file={file} busy={run.isPending} onFile={take} />
      {run.isError && (
        <p className={styles.failure} role="alert">
          {failureText(run.error)}
        </p>
      )}
      {report && <ImportReportView report={report} />}
      {report?.dryRun && file && (
        <Button
          disabled={changes === 0}
          loading={run.isPending}
          onClick={() => run.mutate({ csv: file, dryRun: false })}
          data-testid="import-run"
        >
          {t('import.run', { count: changes })}
        </Button>
      )}
    </div>
  );
}
