import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ShortcutHelp } from '../../platform/feature.ts';
import { useFeatures } from '../../platform/slots.tsx';
import { Keys } from '../../ui/Keys.tsx';
import { keysOf } from '../../ui/shortcuts.ts';
import { useShortcut } from '../../ui/useShortcut.tsx';
import styles from './HelpDialog.module.css';

interface Props {
  opened: boolean;
  onOpen: () => void;
  onClose: () => void;
}

const own = ['search', 'notices', 'rail', 'help'] as const;

/** The keys of everything that the user may use, as the frame and the features say. */
export function HelpDialog({ opened, onOpen, onClose }: Props) {
  const { t } = useTranslation();
  const features = useFeatures();
  useShortcut('help', () => {
    onOpen();
    return true;
  });
  const places = features
    .flatMap(({ navigation = [] }) => navigation)
    .flatMap(({ shortcut, label }): ShortcutHelp[] =>
      shortcut ? [{ id: shortcut, label: () => t('help.go', { page: label() }) }] : [],
    );
  const shown: ShortcutHelp[] = [
    ...own.map((id) => ({ id, label: () => t(`help.${id}`) })),
    ...places,
    ...features.flatMap(({ shortcuts = [] }) => shortcuts),
  ];
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('help.title')}
      size={560}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <dl className={styles.list} data-testid="help">
        {shown.map(({ id, label }) => (
          <div key={id}>
            <dt>{label()}</dt>
            <dd>
              <Keys keys={keysOf(id)} />
              <span className={styles.spoken}>{keysOf(id).join('+')}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
