import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Keys } from '../../ui/Keys.tsx';
import { shortcuts } from '../../ui/shortcuts.ts';
import { useShortcut } from '../../ui/useShortcut.tsx';
import styles from './HelpDialog.module.css';

interface Props {
  opened: boolean;
  /** Whether the user takes calls; the others have few shortcuts. */
  agent: boolean;
  onOpen: () => void;
  onClose: () => void;
}

const forEveryone = ['search', 'customers', 'help'];

export function HelpDialog({ opened, agent, onOpen, onClose }: Props) {
  const { t } = useTranslation();
  useShortcut('help', () => {
    onOpen();
    return true;
  });
  const shown = shortcuts.filter(({ id }) => agent || forEveryone.includes(id));
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
