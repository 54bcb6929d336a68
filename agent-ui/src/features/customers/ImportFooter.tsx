import { Button } from '@mantine/core';
import type { ImportState } from '@ringdesk/shared/customer-import';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { notifyFailure } from '../../ui/notifyFailure.ts';
import styles from './ImportPage.module.css';
import { readRejected } from './importApi.ts';
import { rejectedCsv } from './rejectedCsv.ts';
import { rejectReason } from './rejectReason.ts';

interface Props {
  state: ImportState;
  /** The file is at hand, and can be sent again. */
  hasFile: boolean;
  /** The columns were changed by hand since the check. */
  changed: boolean;
  onCheck: () => void;
  onRun: () => void;
  onNext: () => void;
}

/** What can be done next, always in sight: check again, import, download what was rejected, go to the customers. */
export function ImportFooter({ state, hasFile, changed, onCheck, onRun, onNext }: Props) {
  const { t } = useTranslation('customers');
  const { report } = state;
  const changes = report.created + report.updated;
  const isDone = state.state === 'done' && !state.dryRun;
  const canRun = state.state === 'done' && state.dryRun && !changed;
  return (
    <footer className={styles.footer}>
      {changed && (
        <Button onClick={onCheck} disabled={!hasFile} data-testid="import-check">
          {t('import.check')}
        </Button>
      )}
      {canRun && (
        <Button disabled={changes === 0 || !hasFile} onClick={onRun} data-testid="import-run">
          {t('import.run', { count: changes })}
        </Button>
      )}
      {isDone && (
        <Button component={Link} to="/customers" data-testid="import-customers">
          {t('import.toCustomers')}
        </Button>
      )}
      {isDone && (
        <Button variant="default" onClick={onNext}>
          {t('import.next')}
        </Button>
      )}
      {report.rejectedLines > 0 && <Download id={state.id} />}
      {canRun && changes === 0 && <span className="quiet">{t('import.nothing')}</span>}
      {(canRun || changed) && !hasFile && <span className="quiet">{t('import.again')}</span>}
    </footer>
  );
}

function Download({ id }: { id: string }) {
  const { t } = useTranslation('customers');
  async function download() {
    const rejected = await readRejected(id);
    const csv = rejectedCsv(rejected, (line) => rejectReason(line, t), t('import.downloadColumn'));
    const url = URL.createObjectURL(new Blob([csv], { type: 'text/csv' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = t('import.downloadName');
    link.click();
    URL.revokeObjectURL(url);
  }
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} />}
      onClick={() =>
        void download().catch((failure: unknown) => notifyFailure(t('import.download'), failure))
      }
      data-testid="import-download"
    >
      {t('import.download')}
    </Button>
  );
}
