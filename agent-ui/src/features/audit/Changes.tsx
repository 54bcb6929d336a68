import { Table } from '@mantine/core';
import type { AuditRecord } from '@ringdesk/shared/audit';
import { useTranslation } from 'react-i18next';
import { changedFields } from './changes.ts';

/** The fields that were changed, each before and after. */
export function Changes({ record }: { record: AuditRecord }) {
  const { t } = useTranslation('audit');
  const fields = changedFields(record);
  if (fields.length === 0) return null;
  return (
    <Table aria-label={t('changes')} data-testid="changes">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('field')}</Table.Th>
          <Table.Th>{t('before')}</Table.Th>
          <Table.Th>{t('after')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {fields.map(({ field, before, after }) => (
          <Table.Tr key={field}>
            <Table.Td>{field}</Table.Td>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>{before || t('nothing')}</Table.Td>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>{after || t('nothing')}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
