import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './FileDrop.module.css';

interface Props {
  file: File | null;
  /** No other file can be chosen now. */
  busy: boolean;
  /** The file is on its way to the server. */
  reading: boolean;
  onFile: (file: File) => void;
}

/** A place to drop a file onto, or to choose one by a click or the keyboard. */
export function FileDrop({ file, busy, reading, onFile }: Props) {
  const { t } = useTranslation('customers');
  const [over, setOver] = useState(false);
  return (
    <label
      className={styles.drop}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const dropped = event.dataTransfer.files[0];
        if (dropped && !busy) onFile(dropped);
      }}
    >
      <IconFileSpreadsheet size={22} stroke={1.5} aria-hidden="true" />
      <span>
        <strong>{file?.name ?? t('import.choose')}</strong>
        {(reading || !busy) && (
          <span className="quiet">
            {t(reading ? 'import.reading' : file ? 'import.another' : 'import.drop')}
          </span>
        )}
      </span>
      <input
        type="file"
        accept=".csv,.txt,.xlsx,.xls,.xml,.htm,.html,.vcf,text/csv,text/plain,text/vcard"
        disabled={busy}
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0];
          // The same file again, put right meanwhile, is a new choice.
          event.currentTarget.value = '';
          if (chosen) onFile(chosen);
        }}
        data-testid="import-file"
      />
    </label>
  );
}
