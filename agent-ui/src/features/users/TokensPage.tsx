import { Button, TextInput } from '@mantine/core';
import { type ApiToken, type TokenInput, tokenInput, tokensApi } from '@ringdesk/shared/token';
import { IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../platform/api/call.ts';
import { useMay } from '../../platform/session/session.ts';
import { ItemDialog } from '../../ui/form/ItemDialog.tsx';
import { notifyFailure } from '../../ui/notifyFailure.ts';
import { MomentField } from '../../ui/period/MomentField.tsx';
import { TabbedPage } from '../../ui/TabbedPage.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { When } from '../../ui/When.tsx';
import { GrantsField } from './GrantsField.tsx';
import { SecretDialog } from './SecretDialog.tsx';
import { useTokens } from './usersApi.ts';
import { useTabs } from './useTabs.ts';

const fresh: TokenInput = { name: '', grants: {}, expiresAt: null };

/** Keys by which programs use the API. */
export default function TokensPage() {
  const { t } = useTranslation('users');
  const tabs = useTabs();
  const client = useQueryClient();
  const may = useMay();
  const query = useTokens();
  const [values, setValues] = useState<TokenInput | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const columns = useMemo((): Column<ApiToken>[] => {
    const revoke = (id: string) =>
      call(tokensApi.revoke, { params: { id } })
        .then(() => client.invalidateQueries({ queryKey: ['users', 'tokens'] }))
        .catch((failure: unknown) => notifyFailure(t('revoke'), failure));
    const moment = (at: string | null, none: string) => (at === null ? none : <When at={at} />);
    return [
      { id: 'name', title: t('name'), cell: ({ name }) => name, sort: ({ name }) => name },
      { id: 'createdBy', title: t('createdBy'), cell: ({ createdBy }) => createdBy, minor: true },
      {
        id: 'used',
        title: t('lastUsed'),
        cell: ({ lastUsedAt, lastAddress }) => (
          <>
            {moment(lastUsedAt, t('never'))} <span className="quiet">{lastAddress}</span>
          </>
        ),
        sort: ({ lastUsedAt }) => lastUsedAt,
      },
      { id: 'expires', title: t('expires'), cell: ({ expiresAt }) => moment(expiresAt, t('forever')) },
      {
        id: 'revoke',
        title: '',
        cell: ({ id }) => (
          <Button
            variant="subtle"
            color="red"
            size="compact-sm"
            onClick={() => void revoke(id)}
            data-testid="token-revoke"
          >
            {t('revoke')}
          </Button>
        ),
      },
    ];
  }, [t, client]);
  return (
    <TabbedPage
      title={t('title')}
      tabs={tabs}
      action={
        <Button leftSection={<IconPlus size={16} />} onClick={() => setValues(fresh)} data-testid="token-new">
          {t('newToken')}
        </Button>
      }
    >
      <DataTable
        id="tokens"
        label={t('tab.tokens')}
        columns={columns}
        source={{ rows: query.data, failure: query.error, retry: () => void query.refetch() }}
        rowId={({ id }) => id}
        rowTestId="token-row"
        empty={t('noTokens')}
      />
      <ItemDialog
        title={t('newToken')}
        values={values}
        version={0}
        schema={tokenInput}
        save={async (body) => {
          setSecret((await call(tokensApi.create, { body })).secret);
          await client.invalidateQueries({ queryKey: ['users', 'tokens'] });
        }}
        read={() => Promise.resolve({ values: values ?? fresh, version: 0 })}
        labels={{ name: t('name'), grants: t('permissions'), expiresAt: t('expires') }}
        onClose={() => setValues(null)}
      >
        {(form) => (
          <>
            <TextInput label={t('name')} {...form.getInputProps('name')} data-testid="token-name" />
            <MomentField
              label={t('expires')}
              value={form.values.expiresAt}
              onChange={(at) => form.setFieldValue('expiresAt', () => at)}
              error={form.errors['expiresAt']}
            />
            <GrantsField
              value={form.values.grants}
              onChange={(grants) => form.setFieldValue('grants', () => grants)}
              mayGive={(one) => one !== 'desk.use' && may(one)}
            />
          </>
        )}
      </ItemDialog>
      <SecretDialog
        title={t('secret')}
        text={t('secretText')}
        secret={secret}
        onClose={() => setSecret(null)}
      />
    </TabbedPage>
  );
}
