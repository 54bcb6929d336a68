import { Button } from '@mantine/core';
import type { CustomerSummary } from '@ringdesk/shared/customer';
import type { Card } from '@ringdesk/shared/desk';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../platform/i18n/useLocale.ts';
import { useServerNow } from '../../platform/live/useServerNow.ts';
import { formatWhen } from '../../ui/format.ts';
import { Keys } from '../../ui/Keys.tsx';
import { formatPhone } from '../../ui/phone.ts';
import { TierMark } from '../../ui/TierMark.tsx';
import { useDigits } from '../../ui/useDigits.ts';
import { useChoiceNames } from '../interactions/index.ts';
import styles from './CustomerPicker.module.css';
import { usePickCustomer } from './deskApi.ts';
import { NewCaller } from './NewCaller.tsx';

interface Props {
  card: Card;
  candidates: CustomerSummary[];
  /** The one whom agents picked for this number before. */
  learned: string | null;
  /** When each was in contact last, and what about. */
  last: Extract<Card['match'], { kind: 'several' }>['last'];
}

/** Several customers have this number: the agent asks who it is and picks, by a click or a digit. */
export function CustomerPicker({ card, candidates, learned, last }: Props) {
  const { t } = useTranslation('desk');
  const { callId } = card;
  const locale = useLocale();
  const names = useChoiceNames();
  const now = useServerNow();
  const lastOf = (id: string) => {
    const contact = last?.[id];
    if (contact === undefined) return null;
    const about = contact.reason === null ? '' : ` · ${names.reason(contact.reason)}`;
    return `${formatWhen(contact.at, now, locale)}${about}`;
  };
  const [another, setAnother] = useState(false);
  const pick = usePickCustomer(callId);
  const ordered = [...candidates].sort((a, b) => Number(b.id === learned) - Number(a.id === learned));
  // A phone that only rings is chosen for by nobody's running text.
  const armed = useDigits(card.phase === 'ringing' ? null : `customer ${callId}`, (digit) => {
    const chosen = ordered[digit - 1];
    if (!chosen || pick.isPending) return false;
    pick.mutate({ customerId: chosen.id });
    return true;
  });
  return (
    <section data-testid="customer-picker" aria-labelledby={`picker-${callId}`}>
      <h2 className={styles.title} id={`picker-${callId}`}>
        {t('picker.title', { count: candidates.length })}
      </h2>
      <ol className={styles.list} data-digits={armed}>
        {ordered.map((customer, i) => (
          <li key={customer.id}>
            <button
              type="button"
              disabled={pick.isPending}
              onClick={() => pick.mutate({ customerId: customer.id })}
              data-testid={`pick-${customer.id}`}
              aria-keyshortcuts={i < 9 ? String(i + 1) : undefined}
            >
              <span className={styles.key}>{i < 9 && <Keys keys={[String(i + 1)]} />}</span>
              <span className={styles.name}>{customer.name}</span>
              <TierMark tier={customer.tier} />
              {customer.company && <span>{customer.company}</span>}
              {customer.id === learned && (
                <span className={styles.learned}>
                  <IconHistory size={14} aria-hidden="true" /> {t('picker.learned')}
                </span>
              )}
              {lastOf(customer.id) && <span className="quiet">{lastOf(customer.id)}</span>}
              <span className={`${styles.phones} num`}>
                {customer.phones
                  .slice(0, 2)
                  .map((phone) => formatPhone(phone.number))
                  .join(', ')}
              </span>
            </button>
          </li>
        ))}
      </ol>
      {another ? (
        <NewCaller card={card} />
      ) : (
        <Button
          variant="subtle"
          size="compact-sm"
          mt={6}
          onClick={() => setAnother(true)}
          data-testid="pick-nobody"
        >
          {t('picker.another')}
        </Button>
      )}
    </section>
  );
}
