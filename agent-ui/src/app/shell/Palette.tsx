import { Modal, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDial } from '../../platform/dial.ts';
import { Option } from '../../ui/Option.tsx';
import { useListKeys } from '../../ui/useListKeys.ts';
import { useShortcut } from '../../ui/useShortcut.tsx';
import styles from './Palette.module.css';
import { useCommands } from './useCommands.ts';

interface Props {
  opened: boolean;
  onOpen: () => void;
  onClose: () => void;
}

/** One field for all questions: who is it, call them, go there, do that. */
export function Palette({ opened, onOpen, onClose }: Props) {
  const { t } = useTranslation();
  useShortcut('search', () => {
    onOpen();
    return true;
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      size={560}
      padding={0}
      yOffset="10dvh"
      attributes={{ content: { 'aria-label': t('palette.label') } }}
    >
      <Search onDone={onClose} />
    </Modal>
  );
}

function Search({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const listId = useId();
  const dial = useDial();
  const [text, setText] = useState('');
  const { commands, settled } = useCommands(text);

  function choose(i: number) {
    const command = commands[i];
    if (!command) return;
    onDone();
    command.run();
  }
  const { active, setActive, onKeyDown } = useListKeys(commands.length, choose);
  return (
    <div className={styles.palette} data-testid="palette">
      <TextInput
        data-autofocus
        variant="unstyled"
        size="md"
        leftSection={<IconSearch size={18} />}
        placeholder={t(dial ? 'palette.placeholderDial' : 'palette.placeholder')}
        aria-label={t('palette.label')}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={`${listId}-${active}`}
        autoComplete="off"
        spellCheck={false}
      />
      <div id={listId} role="listbox" aria-label={t('palette.label')} className={styles.list}>
        {commands.map(({ key, label, icon: Icon, row, testId }, i) => (
          <Option
            key={key}
            id={`${listId}-${i}`}
            active={i === active}
            onChoose={() => choose(i)}
            {...(testId !== undefined && { testId })}
          >
            {row ?? (
              <>
                {Icon && <Icon size={16} aria-hidden="true" />}
                <span>{label}</span>
              </>
            )}
          </Option>
        ))}
        {commands.length === 0 && settled && <p className={styles.none}>{t('palette.nothing')}</p>}
      </div>
    </div>
  );
}
