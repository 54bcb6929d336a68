import { NativeSelect, Stack } from '@mantine/core';
import { type Grants, type Permission, permissions, scopesFor } from '@ringdesk/shared/permission';
import { useTranslation } from 'react-i18next';

interface Props {
  value: Grants;
  onChange: (grants: Grants) => void;
  /** What can be given: nobody gives what they have not. */
  mayGive: (permission: Permission) => boolean;
}

/** Permissions, each with how far it reaches. */
export function GrantsField({ value, onChange, mayGive }: Props) {
  const { t } = useTranslation('users');
  return (
    <Stack gap={6}>
      {permissions.filter(mayGive).map((permission) => (
        <NativeSelect
          key={permission}
          size="xs"
          label={t(`permission.${keyOf(permission)}`)}
          value={value[permission] ?? ''}
          data={[
            { value: '', label: t('scope.none') },
            ...scopesFor(permission).map((scope) => ({ value: scope, label: t(`scope.${scope}`) })),
          ]}
          onChange={({ currentTarget }) => {
            const { [permission]: _, ...others } = value;
            const scope = scopesFor(permission).find((one) => one === currentTarget.value);
            onChange(scope === undefined ? others : { ...others, [permission]: scope });
          }}
          data-testid={`grant-${permission}`}
        />
      ))}
    </Stack>
  );
}

type KeyOf<P extends string> = P extends `${infer A}.${infer B}` ? `${A}-${B}` : P;
type PermissionKey = { [P in Permission]: KeyOf<P> }[Permission];

/** A text's key holds no dot. */
export function keyOf(permission: Permission): PermissionKey;
export function keyOf(permission: string): string {
  return permission.replace('.', '-');
}
