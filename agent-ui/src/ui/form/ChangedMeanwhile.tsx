import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './ChangedMeanwhile.module.css';
import { changedFields } from './merge.ts';
import type { Conflict } from './useContractForm.ts';

/** A field that somebody else changed meanwhile, each state as it is shown; an empty one is said to be empty. */
export interface ChangedField {
  name: string;
  label: string;
  was: string;
  now: string;
  /** null: the reader changed nothing there. */
  mine: string | null;
}

interface Props {
  /** What was changed, e.g. "Somebody else changed this customer meanwhile". */
  title?: string;
  fields: readonly ChangedField[];
  /** The labels of the fields that the reader changed. */
  own: readonly string[];
  saving: boolean;
  onMine: () => void;
  onTheirs: () => void;
  testId?: string;
}

/** Two people changed one thing: what the other one did, and whose words shall stand. */
export function ChangedMeanwhile({ title, fields, own, saving, onMine, onTheirs, testId }: Props) {
  const { t } = useTranslation('pieces');
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    // Newer browsers give back a promise here, which is no way to end an effect.
    panel.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const shown = (text: string) => text || t('conflict.none');
  return (
    <section ref={panel} className={styles.conflict} role="alert" data-testid={testId ?? 'changed-meanwhile'}>
      <h3>{title ?? t('conflict.title')}</h3>
      <p>{t('conflict.text')}</p>
      <dl>
        {fields.map(({ name, label, was, now, mine }) => (
          <div key={name} data-field={name}>
            <dt>{label}</dt>
            <dd>
              <span className="quiet">{t('conflict.was')}</span> <del>{shown(was)}</del>{' '}
              <span className="quiet">{t('conflict.now')}</span> <strong>{shown(now)}</strong>
              {mine !== null && (
                <span className={styles.own}>
                  <span className="quiet">{t('conflict.yours')}</span> <strong>{shown(mine)}</strong>
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p>
        {t('conflict.mineText')} {own.length > 0 && t('conflict.fields', { fields: own.join(', ') })}
      </p>
      <footer>
        <Button variant="default" onClick={onTheirs} disabled={saving} data-testid="conflict-theirs">
          {t('conflict.theirs')}
        </Button>
        <Button onClick={onMine} loading={saving} data-testid="conflict-mine">
          {t('conflict.mine')}
        </Button>
      </footer>
    </section>
  );
}

interface FormConflictProps<V extends object> {
  conflict: Conflict<V>;
  /** The fields' names in the page's language. */
  labels: Record<keyof V & string, string>;
  /** How a field's value is shown; empty for nothing. */
  show: (name: keyof V & string, values: V) => string;
  saving: boolean;
}

/** The panel for a form made by `useContractForm`. */
export function FormConflict<V extends object>({ conflict, labels, show, saving }: FormConflictProps<V>) {
  const { base, mine, theirs, onMine, onTheirs } = conflict;
  const own = changedFields(base, mine);
  const fields = changedFields(base, theirs).map((name) => ({
    name,
    label: labels[name],
    was: show(name, base),
    now: show(name, theirs),
    mine: own.includes(name) ? show(name, mine) : null,
  }));
  return (
    <ChangedMeanwhile
      fields={fields}
      own={own.map((name) => labels[name])}
      saving={saving}
      onMine={onMine}
      onTheirs={onTheirs}
    />
  );
}
