import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { interactionsApi } from '@ringdesk/shared/interaction';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../platform/api/call.ts';
import { notifyFailure } from '../../ui/notifyFailure.ts';
import { formatPhone } from '../../ui/phone.ts';
import { FindCustomer } from '../customers/index.ts';

/** A contact of the history was another customer's: it goes there. */
export function CorrectCustomer({ interactionId }: { interactionId: string }) {
  const { t } = useTranslation('interactions');
  const [open, setOpen] = useState(false);
  const client = useQueryClient();
  const correct = useMutation({
    mutationFn: (customerId: string) =>
      call(interactionsApi.setCustomer, { params: { id: interactionId }, body: { customerId } }),
    onError: (failure) => notifyFailure(t('correct.failed'), failure),
    onSuccess: async ({ numberTaken }) => {
      setOpen(false);
      const message =
        numberTaken === null
          ? t('correct.moved')
          : t('correct.movedWithNumber', { number: formatPhone(numberTaken) });
      notifications.show({ message });
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
        {t('correct.change')}
      </Button>
      {open && <FindCustomer label={t('correct.find')} onChoose={(id) => correct.mutate(id)} autoFocus />}
    </div>
  );
}
