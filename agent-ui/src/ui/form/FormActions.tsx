import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './FormDialog.module.css';

interface Props {
  saving: boolean;
  failure: string | null;
  onCancel: () => void;
}

/** The end of a form in a dialog: what went wrong, and the two ways out. */
export function FormActions({ saving, failure, onCancel }: Props) {
  const { t } = useTranslation();
  return (
    <footer className={styles.actions}>
      {failure !== null && (
        <span className={styles.failure} role="alert">
          {failure}
        </span>
      )}
      <Button variant="default" onClick={onCancel} disabled={saving}>
        {t('action.cancel')}
      </Button>
      <Button type="submit" loading={saving} data-testid="form-save">
        {t('action.save')}
      </Button>
    </footer>
  );
}
