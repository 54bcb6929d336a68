import { Button, Checkbox, Popover } from '@mantine/core';
import '@mantine/core/styles/Checkbox.css';
import { IconColumns3 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Column } from './columns.ts';
import styles from './DataTable.module.css';
import type { TableView } from './useTableView.ts';

/** Which columns are shown; the first one says what a row is, and stays. */
export function ColumnMenu<Row>({ columns, view }: { columns: readonly Column<Row>[]; view: TableView }) {
  const { t } = useTranslation('pieces');
  const { hidden, setHidden } = view;
  const toggle = (id: string) =>
    setHidden(hidden.includes(id) ? hidden.filter((each) => each !== id) : [...hidden, id]);
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconColumns3 size={16} aria-hidden="true" />}
          data-testid="table-columns"
        >
          <span className={styles.word}>{t('table.columns')}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('table.columns')} className={styles.menu ?? ''}>
        {columns.slice(1).map(({ id, title }) => (
          <Checkbox
            key={id}
            size="xs"
            label={title}
            checked={!hidden.includes(id)}
            onChange={() => toggle(id)}
          />
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
