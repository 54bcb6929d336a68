import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './FilterBar.module.css';
import type { Filters } from './useFilters.ts';

/** The filters of a list, in one line where there is room; and how they are all taken away. */
export function FilterBar({
  state,
  children,
}: {
  state: Pick<Filters<unknown>, 'filtered' | 'clear'>;
  children: ReactNode;
}) {
  const { t } = useTranslation('pieces');
  return (
    <search className={styles.bar} aria-label={t('filter.label')}>
      {children}
      {state.filtered && (
        <Button variant="subtle" size="compact-sm" onClick={state.clear} data-testid="filter-clear">
          {t('filter.clear')}
        </Button>
      )}
    </search>
  );
}

interface TextProps {
  /** Said to whoever does not see it; shown while it is empty. */
  label: string;
  value: string;
  onChange: (value: string) => void;
  autoFocus?: boolean;
  testId?: string;
}

/** Words to look for. */
export function FilterText({ label, value, onChange, autoFocus = false, testId }: TextProps) {
  return (
    <TextInput
      className={styles.text ?? ''}
      leftSection={<IconSearch size={16} aria-hidden="true" />}
      placeholder={label}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoFocus={autoFocus}
      autoComplete="off"
      spellCheck={false}
      data-testid={testId}
    />
  );
}

interface ChoiceProps<V extends string> {
  label: string;
  value: V | undefined;
  options: readonly { value: V; label: string }[];
  onChange: (value: V | undefined) => void;
  /** What no choice is called; null where one is always made. */
  any?: string | null;
  testId?: string;
}

/** One of a few. */
export function FilterChoice<V extends string>(props: ChoiceProps<V>) {
  const { label, value, options, onChange, any, testId } = props;
  const { t } = useTranslation('pieces');
  const none = any === null ? [] : [{ value: '', label: any ?? t('filter.all') }];
  return (
    <NativeSelect
      className={styles.choice ?? ''}
      aria-label={label}
      title={label}
      data={[...none, ...options]}
      value={value ?? ''}
      onChange={(event) =>
        onChange(options.find((option) => option.value === event.currentTarget.value)?.value)
      }
      data-testid={testId}
    />
  );
}
