import { Button, CopyButton, Modal, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface Props {
  title: string;
  /** What it is good for. */
  text: string;
  /** null: nothing is shown. */
  secret: string | null;
  onClose: () => void;
}

/** Something that is told once: it cannot be read again. */
export function SecretDialog({ title, text, secret, onClose }: Props) {
  const { t } = useTranslation('users');
  return (
    <Modal
      opened={secret !== null}
      onClose={onClose}
      title={title}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('action.close', { ns: 'shell' }) }}
    >
      <Stack gap="sm">
        <p>{text}</p>
        <TextInput
          readOnly
          aria-label={title}
          value={secret ?? ''}
          onFocus={(event) => event.currentTarget.select()}
          data-testid="secret"
        />
        <CopyButton value={secret ?? ''}>
          {({ copied, copy }) => <Button onClick={copy}>{t(copied ? 'copied' : 'copy')}</Button>}
        </CopyButton>
      </Stack>
    </Modal>
  );
}
