import { useTranslation } from 'react-i18next';
import { ChangedMeanwhile } from '../../ui/form/ChangedMeanwhile.tsx';
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
export function ConflictPanel({ base, mine, theirs, ...decide }: Props) {
  const { t } = useTranslation('customers');
  const own = changedFields(base, mine);
  const nameOf = (name: FieldName) => t(`field.${name}`);
  function shown(fields: CustomerFields, name: FieldName): string {
    if (name === 'kind') return t(`kind.${fields.kind}`);
    if (name === 'tier') return t(`tier.${fields.tier}`);
    return fieldText(fields, name);
  }
  return (
    <ChangedMeanwhile
      title={t('conflict.title')}
      testId="customer-conflict"
      fields={changedFields(base, theirs).map((name) => ({
        name,
        label: nameOf(name),
        was: shown(base, name),
        now: shown(theirs, name),
        mine: own.includes(name) ? shown(mine, name) : null,
      }))}
      own={own.map(nameOf)}
      {...decide}
    />
  );
}
