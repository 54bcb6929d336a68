import { CloseButton, TextInput } from '@mantine/core';
import type { Reason } from '@ringdesk/shared/settings';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../platform/i18n/useLanguage.ts';
import { ariaKeys, ShortcutKeys } from '../../ui/Keys.tsx';
import { Option } from '../../ui/Option.tsx';
import { useListKeys } from '../../ui/useListKeys.ts';
import { useShortcut } from '../../ui/useShortcut.tsx';
import { filterReasons, reasonChoices, reasonName } from '../interactions/index.ts';
import styles from './ReasonTree.module.css';

interface Props {
  /** What can be chosen. */
  tree: Reason[];
  /** What may have been chosen before. */
  known: Reason[];
  value: string | null;
  onChange: (reason: string | null) => void;
}

/** The reason of the call, from a tree: type a few letters of any level, or walk the list; the branches head their leaves. */
export function ReasonTree({ tree, known, value, onChange }: Props) {
  const { t } = useTranslation('desk');
  const language = useLanguage();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState<string | null>(null);
  const opened = text !== null;
  const choices = filterReasons(reasonChoices(tree, language), text ?? '');

  function choose(path: string | null) {
    onChange(path);
    setText(null);
  }
  const { active, setActive, onKeyDown } = useListKeys(opened ? choices.length : 0, (i) => {
    const chosen = choices[i];
    if (chosen) choose(chosen.path);
  });
  const activeId = `${id}-${active}`;
  useEffect(() => {
    if (opened) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [opened, activeId]);
  useShortcut('reason', () => {
    field.current?.focus();
    return true;
  });

  return (
    <div className={styles.reason}>
      <TextInput
        ref={field}
        label={t('wrapUp.reason')}
        placeholder={t('wrapUp.reasonPlaceholder')}
        value={text ?? (value === null ? '' : reasonName(value, known, language))}
        onFocus={() => {
          setText('');
          setActive(0);
        }}
        onClick={() => setText((now) => now ?? '')}
        onBlur={() => setText(null)}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && opened) {
            event.stopPropagation();
            setText(null);
          } else if (event.key === 'ArrowDown' && !opened) setText('');
          else onKeyDown(event);
        }}
        rightSection={
          value !== null && !opened ? (
            <CloseButton size="sm" onClick={() => choose(null)} aria-label={t('wrapUp.reasonClear')} />
          ) : (
            <ShortcutKeys of="reason" />
          )
        }
        rightSectionWidth={value !== null && !opened ? 34 : 60}
        role="combobox"
        aria-expanded={opened}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={opened && choices.length > 0 ? activeId : undefined}
        aria-keyshortcuts={ariaKeys('reason')}
        autoComplete="off"
        data-testid="reason"
      />
      {opened && (
        <div id={id} role="listbox" aria-label={t('wrapUp.reason')} className={styles.list}>
          {choices.length === 0 && <p className={styles.none}>{t('wrapUp.reasonNone')}</p>}
          {choices.map((choice, i) => {
            const branch = choice.names.slice(0, -1).join(' › ');
            const before = choices[i - 1]?.names.slice(0, -1).join(' › ');
            return (
              <div key={choice.path} role="presentation" className={branch === '' ? undefined : styles.leaf}>
                {branch !== '' && branch !== before && (
                  <div className={styles.branch} aria-hidden="true">
                    {branch}
                  </div>
                )}
                <Option
                  id={`${id}-${i}`}
                  active={i === active}
                  label={choice.names.join(', ')}
                  onChoose={() => {
                    choose(choice.path);
                    field.current?.blur();
                  }}
                  testId={`reason-${choice.path}`}
                >
                  {choice.names.at(-1)}
                </Option>
              </div>
            );
          })}
        </div>
      )}
    </div>
  );
}
