import { Button, Modal, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Keys } from '../../ui/Keys.tsx';
import { useListKeys } from '../../ui/useListKeys.ts';
import { useColleagues, useTransfer } from './deskApi.ts';
import { TargetLine } from './TargetLine.tsx';
import styles from './TransferDialog.module.css';
import { targetsFor } from './targets.ts';

interface Props {
  callId: string;
  opened: boolean;
  onClose: () => void;
}

/** Gives the call to a colleague, a queue or a number: at once, or after asking. The card travels along, with what was written. */
export function TransferDialog({ callId, opened, onClose }: Props) {
  const { t } = useTranslation('desk');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('transfer.title')}
      size={480}
      closeButtonProps={{ 'aria-label': t('action.close', { ns: 'shell' }) }}
    >
      <TransferForm callId={callId} onDone={onClose} />
    </Modal>
  );
}

function TransferForm({ callId, onDone }: { callId: string; onDone: () => void }) {
  const { t } = useTranslation('desk');
  const listId = useId();
  const [text, setText] = useState('');
  const colleagues = useColleagues(true);
  const targets = targetsFor(text, colleagues.data ?? { agents: [], queues: [] });
  const transfer = useTransfer(callId);

  function give(kind: 'blind' | 'attended') {
    const target = targets[active];
    if (target && !transfer.isPending) transfer.mutate({ kind, to: target.to }, { onSuccess: onDone });
  }
  const { active, setActive, onKeyDown } = useListKeys(targets.length, (_i, event) =>
    give(event.shiftKey ? 'blind' : 'attended'),
  );

  return (
    <div className={styles.form} data-testid="transfer-dialog">
      <TextInput
        data-autofocus
        placeholder={t('transfer.placeholder')}
        aria-label={t('transfer.to')}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={targets.length > 0 ? `${listId}-${active}` : undefined}
        autoComplete="off"
        data-testid="transfer-to"
      />
      <div id={listId} role="listbox" aria-label={t('transfer.to')} className={styles.list}>
        {targets.map((target, i) => (
          <TargetLine
            key={`${target.kind} ${target.to}`}
            id={`${listId}-${i}`}
            target={target}
            active={i === active}
            onChoose={() => setActive(i)}
          />
        ))}
        {targets.length === 0 && !colleagues.isPending && (
          <p className={styles.none}>{t('transfer.nobody')}</p>
        )}
      </div>
      <footer className={styles.acts}>
        <Button
          onClick={() => give('attended')}
          disabled={targets.length === 0}
          loading={transfer.isPending}
          rightSection={<Keys keys={['Enter']} />}
          data-testid="transfer-attended"
        >
          {t('transfer.attended')}
        </Button>
        <Button
          variant="default"
          onClick={() => give('blind')}
          disabled={targets.length === 0 || transfer.isPending}
          rightSection={<Keys keys={['Shift', 'Enter']} />}
          data-testid="transfer-blind"
        >
          {t('transfer.blind')}
        </Button>
      </footer>
    </div>
  );
}
