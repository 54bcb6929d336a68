import type { DeskSettings } from '@ringdesk/shared/desk-choices';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../platform/i18n/useLanguage.ts';
import { Keys } from '../../ui/Keys.tsx';
import { useDigits } from '../../ui/useDigits.ts';
import styles from './DispositionChoice.module.css';

interface Props {
  callId: string;
  choices: DeskSettings['dispositions'];
  value: string | null;
  /** Whether the digits are free: not while the phone only rings, nor while customers are to be picked. */
  digits: boolean;
  /** The agent wanted to save without it. */
  missing: boolean;
  onChange: (disposition: string | null) => void;
}

/** How the call ended, by a click or a digit. Radio buttons underneath, so that arrows and a screen reader work as they know. */
export function DispositionChoice({ callId, choices, value, digits, missing, onChange }: Props) {
  const { t } = useTranslation('desk');
  const language = useLanguage();
  const armed = useDigits(digits ? `disposition ${callId}` : null, (digit) => {
    const chosen = choices[digit - 1];
    if (!chosen) return false;
    onChange(chosen.id);
    return true;
  });
  return (
    <div
      role="radiogroup"
      aria-labelledby={`disposition-${callId}`}
      aria-required="true"
      aria-invalid={missing}
    >
      <p className={styles.label} id={`disposition-${callId}`}>
        {t('wrapUp.disposition')}
        {missing && (
          <span className={styles.missing} role="alert">
            {t('wrapUp.dispositionMissing')}
          </span>
        )}
      </p>
      <div className={styles.choices} data-missing={missing} data-digits={armed}>
        {choices.map(({ id, name }, i) => (
          <label key={id} className={styles.choice} data-testid={`disposition-${id}`}>
            <input
              type="radio"
              name={`disposition-${callId}`}
              value={id}
              checked={value === id}
              onChange={() => onChange(id)}
            />
            {name[language]}
            {digits && i < 9 && <Keys keys={[String(i + 1)]} />}
          </label>
        ))}
      </div>
    </div>
  );
}
