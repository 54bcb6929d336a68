import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type Task, taskRepeat, tasksApi } from '@ringdesk/shared/task';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../platform/i18n/useLocale.ts';
import { useMe } from '../../platform/session/session.ts';
import { FormConflict } from '../../ui/form/ChangedMeanwhile.tsx';
import type { FormDialogHandle } from '../../ui/form/FormDialog.tsx';
import { useContractForm } from '../../ui/form/useContractForm.ts';
import { formatFull } from '../../ui/format.ts';
import { MomentField } from '../../ui/period/MomentField.tsx';
import styles from './Tasks.module.css';
import { readTask, saveTask, usePossibleOwners } from './taskApi.ts';

interface Props {
  task: Task | null;
  about: Pick<Task, 'customerId' | 'interactionId'>;
  dialog: FormDialogHandle;
}

/** A task as its form has it. */
interface TaskFields {
  title: string;
  note: string;
  dueAt: string | null;
  /** Empty: it does not come again. */
  repeat: string;
  ownerId: string;
}

const fieldsOf = (task: Task): TaskFields => ({
  title: task.title,
  note: task.note ?? '',
  dueAt: task.dueAt,
  repeat: task.repeat ?? '',
  ownerId: task.owner.id,
});

export default function TaskForm({ task, about, dialog }: Props) {
  const { t } = useTranslation('tasks');
  const client = useQueryClient();
  const me = useMe().data;
  const owners = usePossibleOwners();
  const { form, onSubmit, saving, failure, changed, conflict } = useContractForm({
    contract: tasksApi.create,
    values: task ? fieldsOf(task) : { title: '', note: '', dueAt: null, repeat: '', ownerId: me?.id ?? '' },
    bodyOf: ({ title, note, dueAt, repeat, ownerId }) => ({
      title,
      note: note.trim() === '' ? null : note,
      dueAt,
      repeat: taskRepeat.options.find((option) => option === repeat) ?? null,
      ownerId,
      customerId: task ? task.customerId : about.customerId,
      interactionId: task ? task.interactionId : about.interactionId,
    }),
    send: (body, basedOn) => saveTask(task?.id ?? null, body, basedOn),
    onSaved: () => {
      void client.invalidateQueries({ queryKey: ['tasks'] });
      dialog.onDone();
    },
    existing: task
      ? {
          version: task.updatedAt,
          read: async () => {
            const latest = await readTask(task.id);
            return { values: fieldsOf(latest), version: latest.updatedAt };
          },
        }
      : undefined,
    explain: (field) => {
      if (field === 'dueAt') return t('repeatNeedsDay');
      return field === 'ownerId' ? t('notHere') : undefined;
    },
  });
  const { onChanged } = dialog;
  useEffect(() => onChanged(changed), [changed, onChanged]);
  const show = useShownFields(owners);
  const { dueAt } = form.values;
  return (
    <form className={styles.form} onSubmit={onSubmit} data-testid="task-form">
      <TextInput
        data-autofocus
        label={t('field.title')}
        autoComplete="off"
        {...form.getInputProps('title')}
        data-testid="task-title"
      />
      <MomentField
        label={t('field.dueAt')}
        value={dueAt}
        onChange={(value) => form.setFieldValue('dueAt', value)}
        error={form.errors['dueAt']}
        path="dueAt"
      />
      <NativeSelect
        label={t('field.repeat')}
        data={[
          { value: '', label: t('repeat.none') },
          ...taskRepeat.options.map((value) => ({ value, label: t(`repeat.${value}`) })),
        ]}
        {...form.getInputProps('repeat')}
      />
      {owners.length > 1 && (
        <NativeSelect
          label={t('field.owner')}
          data={owners.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.getInputProps('ownerId')}
          data-testid="task-owner"
        />
      )}
      <Textarea label={t('field.note')} autosize minRows={2} maxRows={8} {...form.getInputProps('note')} />
      {conflict && (
        <FormConflict
          conflict={conflict}
          saving={saving}
          labels={{
            title: t('field.title'),
            note: t('field.note'),
            dueAt: t('field.dueAt'),
            repeat: t('field.repeat'),
            ownerId: t('field.owner'),
          }}
          show={show}
        />
      )}
      {failure !== null && (
        <p className={styles.failure} role="alert">
          {failure}
        </p>
      )}
      <footer className={styles.acts}>
        <Button variant="default" onClick={dialog.onCancel}>
          {t('action.cancel', { ns: 'shell' })}
        </Button>
        {conflict === null && (
          <Button type="submit" loading={saving} data-testid="task-save">
            {t('action.save', { ns: 'shell' })}
          </Button>
        )}
      </footer>
    </form>
  );
}

/** A field as it is shown to who has to choose between two versions. */
function useShownFields(owners: readonly { id: string; name: string }[]) {
  const { t } = useTranslation('tasks');
  const locale = useLocale();
  return (name: keyof TaskFields, fields: TaskFields): string => {
    if (name === 'dueAt') return fields.dueAt === null ? '' : formatFull(fields.dueAt, locale);
    if (name === 'repeat') {
      const repeat = taskRepeat.options.find((option) => option === fields.repeat);
      return t(`repeat.${repeat ?? 'none'}`);
    }
    if (name === 'ownerId') return owners.find(({ id }) => id === fields.ownerId)?.name ?? fields.ownerId;
    return fields[name];
  };
}
