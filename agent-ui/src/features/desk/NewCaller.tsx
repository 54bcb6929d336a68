import { SegmentedControl } from '@mantine/core';
import type { Card } from '@ringdesk/shared/desk';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AttachCustomer } from './AttachCustomer.tsx';
import { shownNumber } from './callerName.ts';
import styles from './NewCaller.module.css';
import { NewCustomerForm } from './NewCustomerForm.tsx';

/** Nobody has this number: a new customer, or one who is there already and calls from another phone. */
export function NewCaller({ card, begin = 'new' }: { card: Card; begin?: 'new' | 'known' }) {
  const { t } = useTranslation('desk');
  const [way, setWay] = useState<string>(begin);
  return (
    <section className={styles.caller} aria-label={t('newCaller.title')}>
      <SegmentedControl
        size="xs"
        className={styles.way ?? ''}
        value={way}
        onChange={setWay}
        data={[
          { value: 'new', label: t('newCaller.new') },
          { value: 'known', label: t('newCaller.known') },
        ]}
      />
      {way === 'new' ? (
        <NewCustomerForm callId={card.callId} number={shownNumber(card)} name={card.callerName} />
      ) : (
        <AttachCustomer callId={card.callId} number={shownNumber(card)} autoFocus />
      )}
    </section>
  );
}
