import { Button, Group, Select, Stack, Switch, TextInput } from '@mantine/core';
import { invitationInput, type StaffMember, staffApi, staffChange } from '@ringdesk/shared/staff';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../platform/api/call.ts';
import { useMe } from '../../platform/session/session.ts';
import { FormActions } from '../../ui/form/FormActions.tsx';
import type { FormDialogHandle } from '../../ui/form/FormDialog.tsx';
import { useContractForm } from '../../ui/form/useContractForm.ts';
import { notifyFailure } from '../../ui/notifyFailure.ts';
import { useRoleNames, useRoles } from './usersApi.ts';

interface Values {
  login: string;
  name: string;
  role: string;
  agent: string;
  device: string;
  locale: string;
  disabled: boolean;
}

function valuesOf(user: StaffMember | null): Values {
  return {
    login: user?.login ?? '',
    name: user?.name ?? '',
    role: user?.role ?? 'agent',
    agent: user?.agent ?? '',
    device: user?.device ?? '',
    locale: user?.locale ?? '',
    disabled: user?.disabled ?? false,
  };
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim());

function bodyOf({ login, name, role, agent, device, locale, disabled }: Values) {
  const language: StaffMember['locale'] = locale === 'ru' || locale === 'en' ? locale : null;
  return { login, name, role, agent: orNull(agent), device: orNull(device), locale: language, disabled };
}

interface Props {
  /** null: somebody new. */
  user: StaffMember | null;
  dialog: FormDialogHandle;
  /** A link was made by which the password is set. */
  onLink: (token: string) => void;
}

/** Somebody who works here: what administrators keep. A password is never among it. */
export function UserForm({ user, dialog, onLink }: Props) {
  const { t } = useTranslation('users');
  const client = useQueryClient();
  const roles = useRoles().data ?? [];
  const roleName = useRoleNames();
  const isMe = useMe().data?.id === user?.id;
  const { form, onSubmit, saving, failure, changed } = useContractForm<Values, z.ZodType, unknown>({
    contract: { body: user === null ? invitationInput : staffChange },
    values: valuesOf(user),
    bodyOf,
    send: async (_body, _basedOn) => {
      const { login, disabled, ...fields } = bodyOf(form.values);
      if (user !== null)
        return call(staffApi.change, { params: { id: user.id }, body: { ...fields, disabled } });
      const made = await call(staffApi.invite, { body: { ...fields, login } });
      onLink(made.token);
      return made.user;
    },
    onSaved: () => {
      void client.invalidateQueries({ queryKey: ['users'] });
      dialog.onDone();
    },
    explain: (field) => (field === 'agent' || field === 'login' ? t('taken') : undefined),
  });
  const { onChanged } = dialog;
  useEffect(() => onChanged(changed), [changed, onChanged]);

  async function act(what: string, work: () => Promise<unknown>) {
    try {
      await work();
      await client.invalidateQueries({ queryKey: ['users'] });
    } catch (caught) {
      notifyFailure(what, caught);
    }
  }
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="sm">
        {user === null && (
          <TextInput
            label={t('login')}
            autoCapitalize="none"
            spellCheck={false}
            {...form.getInputProps('login')}
            data-testid="user-login"
          />
        )}
        <TextInput label={t('name')} {...form.getInputProps('name')} data-testid="user-name" />
        <Select
          label={t('role')}
          data={roles.map(({ id }) => ({ value: id, label: roleName(id) }))}
          allowDeselect={false}
          disabled={isMe}
          {...form.getInputProps('role')}
          data-testid="user-role"
        />
        <TextInput
          label={t('agent')}
          description={t('agentText')}
          {...form.getInputProps('agent')}
          data-testid="user-agent"
        />
        <TextInput label={t('device')} description={t('deviceText')} {...form.getInputProps('device')} />
        <Select
          label={t('locale')}
          data={[
            { value: 'ru', label: t('languages.ru') },
            { value: 'en', label: t('languages.en') },
          ]}
          placeholder={t('localeAny')}
          clearable
          {...form.getInputProps('locale')}
        />
        {user !== null && !isMe && (
          <>
            <Switch label={t('disabled')} {...form.getInputProps('disabled', { type: 'checkbox' })} />
            <Group>
              <Button
                variant="default"
                size="compact-sm"
                onClick={() =>
                  void act(t('newLink'), async () =>
                    onLink((await call(staffApi.reinvite, { params: { id: user.id } })).token),
                  )
                }
                data-testid="user-link"
              >
                {t('newLink')}
              </Button>
              <Button
                variant="default"
                size="compact-sm"
                onClick={() =>
                  void act(t('endSessions'), () => call(staffApi.endSessions, { params: { id: user.id } }))
                }
              >
                {t('endSessions')}
              </Button>
            </Group>
          </>
        )}
        <FormActions saving={saving} failure={failure} onCancel={dialog.onCancel} />
      </Stack>
    </form>
  );
}
