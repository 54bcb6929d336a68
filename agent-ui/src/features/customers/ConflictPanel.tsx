import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './ConflictPanel.module.css';
import { changedFields, type FieldName, fieldText } from './customerConflict.ts';
import type { CustomerFields } from './customerFields.ts';

interface Props {
  /** The customer as it was found, as it is in the form, and as somebody else has left it. */
  base: CustomerFields;
  mine: CustomerFields;
  theirs: CustomerFields;
  saving: boolean;
  onMine: () => void;
  onTheirs: () => void;
}

/** Two people changed one customer: what the other one did, and whose words shall stand. */
export function ConflictPanel({ base, mine, theirs, saving, onMine, onTheirs }: Props) {
  const { t } = useTranslation('customers');
  const own = changedFields(base, mine);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    // Newer browsers give back a promise here, which is no way to end an effect.
    panel.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const nameOf = (name: FieldName) => t(`field.${name}`);
  function shown(fields: CustomerFields, name: FieldName): string {
    if (name === 'kind') return t(`kind.${fields.kind}`);
    if (name === 'tier') return t(`tier.${fields.tier}`);
    return fieldText(fields, name) || t('conflict.none');
  }
  return (
    <section ref={panel} className={styles.conflict} role="alert" data-testid="customer-conflict">
      <h3>{t('conflict.title')}</h3>
      <p>{t('conflict.text')}</p>
      <dl>
        {changedFields(base, theirs).map((name) => (
          <div key={name} data-field={name}>
            <dt>{nameOf(name)}</dt>
            <dd>
              <span className="quiet">{t('conflict.was')}</span> <del>{shown(base, name)}</del>{' '}
              <span className="quiet">{t('conflict.now')}</span> <strong>{shown(theirs, name)}</strong>
              {own.includes(name) && (
                <span className={styles.own}>
                  <span className="quiet">{t('conflict.yours')}</span> <strong>{shown(mine, name)}</strong>
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p>
        {t('conflict.mineText')}{' '}
        {own.length > 0 && t('conflict.fields', { fields: own.map(nameOf).join(', ') })}
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
