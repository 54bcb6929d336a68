import { Button } from '@mantine/core';
import type { Card } from '@ringdesk/shared/desk';
import { IconEyeOff, IconSearchOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AttachCustomer } from './AttachCustomer.tsx';
import { CustomerPicker } from './CustomerPicker.tsx';
import { shownNumber } from './callerName.ts';
import { useLookUpAgain } from './deskApi.ts';
import { NewCaller } from './NewCaller.tsx';
import { Notice } from './Notice.tsx';

/** What is to be done about who is calling, for each way in which the look-up can end. */
export function MatchPanel({ card }: { card: Card }) {
  const { t } = useTranslation('desk');
  const { match, callId } = card;
  if (card.consultation) return null;
  switch (match.kind) {
    case 'one':
      return card.direction === 'internal' ? null : <ChangeCustomer key={match.customer.id} card={card} />;
    case 'looking':
      return null;
    case 'several':
      return (
        <CustomerPicker card={card} candidates={match.candidates} learned={match.learned} last={match.last} />
      );
    case 'none':
      return card.direction === 'internal' ? null : <NewCaller card={card} />;
    case 'withheld':
      return (
        <>
          <Notice tone="plain" icon={<IconEyeOff size={18} />} testId="withheld">
            <p>
              <strong>{t('withheld.title')}</strong>
            </p>
            <p>{t('withheld.text')}</p>
          </Notice>
          <AttachCustomer callId={callId} number={null} />
        </>
      );
    case 'failed':
      return <LookUpFailed callId={callId} number={shownNumber(card)} />;
  }
}

/** It is not who it was taken for: somebody else is found, or made; the call and what was learned of the number go over. */
function ChangeCustomer({ card }: { card: Card }) {
  const { t } = useTranslation('desk');
  const [open, setOpen] = useState(false);
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-sm"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        data-testid="change-customer"
      >
        {t('match.change')}
      </Button>
      {open && <NewCaller card={card} begin="known" />}
    </div>
  );
}

function LookUpFailed({ callId, number }: { callId: string; number: string | null }) {
  const { t } = useTranslation('desk');
  const again = useLookUpAgain(callId);
  return (
    <>
      <Notice tone="warn" icon={<IconSearchOff size={18} />} testId="look-up-failed">
        <p>
          <strong>{t('lookUp.failed')}</strong>
        </p>
        <p>{t('lookUp.failedText')}</p>
        <div>
          <Button
            size="xs"
            variant="default"
            loading={again.isPending}
            onClick={() => again.mutate(undefined)}
          >
            {t('lookUp.again')}
          </Button>
        </div>
      </Notice>
      <AttachCustomer callId={callId} number={number} />
    </>
  );
}
