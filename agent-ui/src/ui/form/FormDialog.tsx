import { Button, Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './FormDialog.module.css';

interface Props {
  opened: boolean;
  title: string;
  /** px */
  size?: number;
  onClose: () => void;
  /** @param dialog how the form tells that something was changed, how it is left, and how it is done with */
  children: (dialog: FormDialogHandle) => ReactNode;
}

export interface FormDialogHandle {
  /** Whether something was changed that is not saved. */
  onChanged: (changed: boolean) => void;
  /** For Cancel: asks first when something was changed. */
  onCancel: () => void;
  /** It is saved: closes without a question. */
  onDone: () => void;
}

/** A form in a dialog. What was typed is thrown away only by who says so: Escape, the cross and Cancel ask first when something was changed. */
export function FormDialog({ opened, title, size = 560, onClose, children }: Props) {
  const { t } = useTranslation('pieces');
  const [changed, setChanged] = useState(false);
  const [asking, setAsking] = useState(false);
  function close() {
    setChanged(false);
    setAsking(false);
    onClose();
  }
  const leave = () => (changed ? setAsking(!asking) : close());
  return (
    <Modal
      opened={opened}
      onClose={leave}
      title={title}
      size={size}
      // A form half filled in is not thrown away by a stray click beside it.
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('action.close', { ns: 'shell' }) }}
    >
      {asking && (
        <div className={styles.ask} role="alertdialog" aria-label={t('unsaved.title')} data-testid="unsaved">
          <span>{t('unsaved.title')}</span>
          <Button size="xs" data-autofocus onClick={() => setAsking(false)} data-testid="unsaved-stay">
            {t('unsaved.stay')}
          </Button>
          <Button size="xs" variant="default" onClick={close} data-testid="unsaved-leave">
            {t('unsaved.leave')}
          </Button>
        </div>
      )}
      {children({ onChanged: setChanged, onCancel: leave, onDone: close })}
    </Modal>
  );
}
