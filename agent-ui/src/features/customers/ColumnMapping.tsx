import { Button, NativeSelect } from '@mantine/core';
import {
  type ImportColumn,
  type ImportField,
  type ImportReport,
  importField,
} from '@ringdesk/shared/customer-import';
import { useTranslation } from 'react-i18next';
import styles from './ColumnMapping.module.css';

interface Props {
  columns: readonly ImportColumn[];
  mapping: ImportReport['mapping'];
  disabled: boolean;
  /** What the reader says the columns hold, all of them. */
  onChange: (fields: (ImportField | null)[]) => void;
  /** The names of the columns shall decide. */
  onByNames: () => void;
}

/** What each column of the file holds, with examples, to be put right by hand. */
export function ColumnMapping({ columns, mapping, disabled, onChange, onByNames }: Props) {
  const { t } = useTranslation('customers');
  const choices = [
    { value: '', label: t('import.leftOut') },
    ...importField.options.map((field) => ({ value: field, label: t(`column.${field}`) })),
  ];
  const choose = (at: number, value: string) =>
    onChange(
      columns.map(({ field }, place) => {
        if (place !== at) return field;
        return importField.options.find((option) => option === value) ?? null;
      }),
    );
  return (
    <section className={styles.mapping} data-testid="import-columns">
      <h3>{t('import.columns')}</h3>
      <p className="quiet">{t(mapping === 'remembered' ? 'import.remembered' : 'import.columnsText')}</p>
      {mapping !== 'names' && (
        <Button variant="subtle" size="compact-sm" onClick={onByNames} disabled={disabled}>
          {t('import.byNames')}
        </Button>
      )}
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('import.header')}</th>
            <th scope="col">{t('import.examples')}</th>
            <th scope="col">{t('import.holds')}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map(({ header, field, examples }, at) => (
            // Two columns may have one name.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <tr key={at} data-left-out={field === null}>
              <th scope="row">{header}</th>
              <td className={styles.examples}>{examples.join(' · ')}</td>
              <td>
                <NativeSelect
                  size="xs"
                  data={choices}
                  value={field ?? ''}
                  disabled={disabled}
                  aria-label={t('import.holdsOf', { header })}
                  onChange={(event) => choose(at, event.currentTarget.value)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
