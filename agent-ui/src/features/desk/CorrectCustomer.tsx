import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { interactionsApi } from '@ringdesk/shared/interaction';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../platform/api/call.ts';
import { notifyFailure } from '../../ui/notifyFailure.ts';
import { FindCustomer } from './FindCustomer.tsx';

/** A contact of the history was another customer's: it goes there. */
export function CorrectCustomer({ interactionId }: { interactionId: string }) {
  const { t } = useTranslation('desk');
  const [open, setOpen] = useState(false);
  const client = useQueryClient();
  const correct = useMutation({
    mutationFn: (customerId: string) =>
      call(interactionsApi.setCustomer, { params: { id: interactionId }, body: { customerId } }),
    onError: (failure) => notifyFailure(t('act.pick'), failure),
    onSuccess: async () => {
      setOpen(false);
      notifications.show({ message: t('match.moved') });
      await client.invalidateQueries({ queryKey: ['customers', 'timeline'] });
      await client.invalidateQueries({ queryKey: ['interactions', interactionId] });
    },
  });
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-sm"
        aria-expanded={open}
        loading={correct.isPending}
        onClick={() => setOpen(!open)}
        data-testid="correct-customer"
      >
        {t('match.change')}
      </Button>
      {open && <FindCustomer label={t('attach.find')} onChoose={(id) => correct.mutate(id)} autoFocus />}
    </div>
  );
}
