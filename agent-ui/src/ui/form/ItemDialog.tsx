import { Stack } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import type { z } from 'zod';
import { FormConflict } from './ChangedMeanwhile.tsx';
import { FormActions } from './FormActions.tsx';
import { FormDialog, type FormDialogHandle } from './FormDialog.tsx';
import { type Latest, useContractForm } from './useContractForm.ts';

interface Props<V extends object> {
  title: string;
  /** What the dialog shows first; null while it is closed. */
  values: V | null;
  /** The version of what the thing stands in. */
  version: number;
  schema: z.ZodType<V, V>;
  save: (values: V, basedOn: number) => Promise<unknown>;
  read: () => Promise<Latest<V, number>>;
  labels: Record<keyof V & string, string>;
  onClose: () => void;
  children: (form: UseFormReturnType<V>) => ReactNode;
}

/** One thing of the settings in a dialog; what somebody else changed meanwhile is told and kept. */
export function ItemDialog<V extends object>(props: Props<V>) {
  const { title, values, onClose } = props;
  return (
    <FormDialog opened={values !== null} title={title} onClose={onClose}>
      {(dialog) => values !== null && <ItemForm {...props} values={values} dialog={dialog} />}
    </FormDialog>
  );
}

function ItemForm<V extends object>({
  values,
  version,
  schema,
  save,
  read,
  labels,
  dialog,
  children,
}: Props<V> & { values: V; dialog: FormDialogHandle }) {
  const { form, onSubmit, saving, failure, changed, conflict } = useContractForm<
    V,
    z.ZodType<V, V>,
    unknown,
    number
  >({
    contract: { body: schema },
    values,
    bodyOf: (said) => said,
    send: (said, basedOn) => save(said, basedOn ?? version),
    onSaved: dialog.onDone,
    existing: { version, read },
  });
  const { onChanged } = dialog;
  useEffect(() => onChanged(changed), [changed, onChanged]);
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="sm">
        {conflict && (
          <FormConflict
            conflict={conflict}
            labels={labels}
            show={(name, of) => {
              const value: unknown = of[name];
              return typeof value === 'string' ? value : JSON.stringify(value);
            }}
            saving={saving}
          />
        )}
        {children(form)}
        <FormActions saving={saving} failure={failure} onCancel={dialog.onCancel} />
      </Stack>
    </form>
  );
}
