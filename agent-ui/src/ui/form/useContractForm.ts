import { type UseFormReturnType, useForm } from '@mantine/form';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { ApiFailure, codeOf } from '../../platform/api/failure.ts';
import { useFailureText } from '../../platform/i18n/useFailureText.ts';
import { fieldErrors } from './fieldErrors.ts';
import { changedFields, mineOver } from './merge.ts';

/** Something as it is on the server now, as the form shows it. */
export interface Latest<V, Version> {
  values: V;
  /** What the endpoint takes as `basedOn`. */
  version: Version;
}

interface Options<V extends object, B extends z.ZodType, A, Version extends string | number> {
  /** The endpoint that takes the form: what its body's schema refuses is said at the field, before anything is sent. */
  contract: { body: B | null };
  /** What the form shows first. */
  values: V;
  /** The body that the form means; a field of the body has the name of the form's field that it comes from. */
  bodyOf: (values: V) => z.input<B>;
  /** @param basedOn the version that was read; null for something new */
  send: (body: z.input<B>, basedOn: Version | null) => Promise<A>;
  onSaved: (answer: A) => void;
  /** Of something that others may change at the same time: its version, and how it is read again. */
  existing?: { version: Version; read: () => Promise<Latest<V, Version>> } | undefined;
  /** Why the server refused a field, where the page knows better than "check this field". */
  explain?: (field: string, failure: ApiFailure) => string | undefined;
}

/** Somebody else changed it meanwhile: for `ChangedMeanwhile`. */
export interface Conflict<V> {
  base: V;
  mine: V;
  theirs: V;
  /** Saves theirs with my changes put over it. */
  onMine: () => void;
  /** The form goes on from theirs. */
  onTheirs: () => void;
}

export interface ContractForm<V extends object> {
  /** Fields take `{...form.getInputProps('title')}`. */
  form: UseFormReturnType<V>;
  onSubmit: (event: FormEvent) => void;
  saving: boolean;
  /** What went wrong and belongs to no field of the form, in the page's language. */
  failure: string | null;
  /** Something was changed that is not saved. */
  changed: boolean;
  conflict: Conflict<V> | null;
}

/**
 * The form of an endpoint: checked by the endpoint's own schema, sent, and what the server refuses is said at its field. When somebody else changed
 * the same thing meanwhile, nothing is lost on either side: `conflict` has what each did.
 */
export function useContractForm<
  V extends object,
  B extends z.ZodType,
  A,
  Version extends string | number = string,
>({
  contract,
  values,
  bodyOf,
  send,
  onSaved,
  existing,
  explain,
}: Options<V, B, A, Version>): ContractForm<V> {
  const { t } = useTranslation('pieces');
  const failureText = useFailureText();
  const form = useForm<V>({ initialValues: values });
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [base, setBase] = useState<Latest<V, Version> | null>(
    existing ? { values, version: existing.version } : null,
  );
  const [theirs, setTheirs] = useState<Latest<V, Version> | null>(null);

  function show(errors: readonly { path: string; text: string }[]) {
    form.setErrors(Object.fromEntries(errors.map(({ path, text }) => [path, text])));
    const [first] = errors;
    if (first) form.getInputNode(first.path)?.focus();
  }

  /** @param over the version that is replaced by it */
  async function save(what: V, over: Latest<V, Version> | null): Promise<void> {
    const body = bodyOf(what);
    const error = contract.body?.safeParse(body).error;
    setFailure(null);
    if (error) {
      const wrong = fieldErrors(error.issues, body);
      return show(
        wrong.map(({ path, why, limit }) => ({ path, text: t(`form.error.${why}`, { count: limit }) })),
      );
    }
    setSaving(true);
    try {
      const answer = await send(body, over?.version ?? null);
      form.resetDirty(what);
      onSaved(answer);
    } catch (caught) {
      await refused(caught, what, over);
    } finally {
      setSaving(false);
    }
  }

  async function refused(caught: unknown, what: V, over: Latest<V, Version> | null): Promise<void> {
    if (codeOf(caught) === 'changed-meanwhile' && existing && over) return look(what, over);
    const fields = caught instanceof ApiFailure ? caught.fields : [];
    const known = fields.filter(({ path }) => (path.split('.')[0] ?? '') in what);
    if (caught instanceof ApiFailure && known.length > 0)
      return show(
        known.map(({ path }) => ({ path, text: explain?.(path, caught) ?? t('form.error.wrong') })),
      );
    setFailure(failureText(caught));
  }

  /** Looks what the other one did: with no change that the form shows there is nothing to decide. */
  async function look(what: V, over: Latest<V, Version>): Promise<void> {
    try {
      const latest = await existing?.read();
      if (latest === undefined) return;
      if (changedFields(over.values, latest.values).length > 0) setTheirs(latest);
      else await save(what, latest);
    } catch (caught) {
      setFailure(failureText(caught));
    }
  }

  const conflict: Conflict<V> | null = base &&
    theirs && {
      base: base.values,
      mine: form.values,
      theirs: theirs.values,
      onMine: () => {
        const merged = mineOver(base.values, form.values, theirs.values);
        form.setValues(merged);
        setBase(theirs);
        setTheirs(null);
        void save(merged, theirs);
      },
      onTheirs: () => {
        form.setValues(theirs.values);
        form.resetDirty(theirs.values);
        form.clearErrors();
        setBase(theirs);
        setTheirs(null);
      },
    };

  return {
    form,
    onSubmit: (event) => {
      event.preventDefault();
      if (conflict === null && !saving) void save(form.values, base);
    },
    saving,
    failure,
    changed: form.isDirty(),
    conflict,
  };
}
