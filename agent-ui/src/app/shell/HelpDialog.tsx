import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../platform/session/session.ts';
import { Keys } from '../../ui/Keys.tsx';
import { shortcuts } from '../../ui/shortcuts.ts';
import { useShortcut } from '../../ui/useShortcut.tsx';
import styles from './HelpDialog.module.css';

interface Props {
  opened: boolean;
  onOpen: () => void;
  onClose: () => void;
}

const forEveryone = ['search', 'customers', 'notices', 'rail', 'help'];

export function HelpDialog({ opened, onOpen, onClose }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  useShortcut('help', () => {
    onOpen();
    return true;
  });
  const shown = shortcuts.filter(({ id }) => may('desk.use') || forEveryone.includes(id));
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('help.title')}
      size={520}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <dl className={styles.list}>
        {shown.map(({ id, keys }) => (
          <div key={id}>
            <dt>{t(`help.${id}`)}</dt>
            <dd>
              <Keys keys={keys} />
              <span className={styles.spoken}>{keys.join('+')}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
