import { ActionIcon, Button, Popover, TextInput } from '@mantine/core';
import { IconBookmark, IconCheck, IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, hiddenAtFirst } from './columns.ts';
import styles from './DataTable.module.css';
import type { TableView } from './useTableView.ts';
import { isShown, type SavedView } from './views.ts';

/** Filters, order and columns kept by a name, and the table as it comes. */
export function ViewMenu<Row>({ columns, view }: { columns: readonly Column<Row>[]; view: TableView }) {
  const { t } = useTranslation('pieces');
  const [opened, setOpened] = useState(false);
  const plain: SavedView = { name: t('view.plain'), search: '', hidden: hiddenAtFirst(columns) };
  const all = [plain, ...view.views];
  const shown = all.find((each) => isShown(each, view.search, view.hidden));
  function choose(chosen: SavedView) {
    view.show(chosen);
    setOpened(false);
  }
  return (
    <Popover
      position="bottom-end"
      shadow="md"
      width={300}
      trapFocus
      returnFocus
      opened={opened}
      onChange={setOpened}
    >
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconBookmark size={16} aria-hidden="true" />}
          onClick={() => setOpened(!opened)}
          data-testid="table-views"
        >
          <span className={styles.word}>{shown && shown !== plain ? shown.name : t('view.title')}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('view.title')} className={styles.menu ?? ''}>
        <ul className={styles.views}>
          {all.map((each) => (
            <li key={each.name}>
              <button type="button" aria-pressed={each === shown} onClick={() => choose(each)}>
                <span>{each.name}</span>
                {each === shown && <IconCheck size={14} aria-hidden="true" />}
              </button>
              {each !== plain && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  aria-label={t('view.drop', { name: each.name })}
                  onClick={() => view.drop(each.name)}
                >
                  <IconX size={14} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
        <KeepView onKeep={view.keep} taken={plain.name} />
      </Popover.Dropdown>
    </Popover>
  );
}

function KeepView({ onKeep, taken }: { onKeep: (name: string) => void; taken: string }) {
  const { t } = useTranslation('pieces');
  const [name, setName] = useState('');
  const wanted = name.trim();
  function submit(event: FormEvent) {
    event.preventDefault();
    if (wanted === '' || wanted === taken) return;
    onKeep(wanted);
    setName('');
  }
  return (
    <form onSubmit={submit} className={styles.keep}>
      <TextInput
        size="xs"
        placeholder={t('view.name')}
        aria-label={t('view.name')}
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-testid="view-name"
      />
      <Button type="submit" size="xs" variant="default" disabled={wanted === '' || wanted === taken}>
        {t('view.keep')}
      </Button>
    </form>
  );
}
