import { notifications } from '@mantine/notifications';
import { deskApi } from '@ringdesk/shared/desk';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../platform/api/call.ts';
import type { Dial } from '../../platform/dial.ts';
import { notifyFailure } from '../../ui/notifyFailure.ts';
import { formatPhone } from '../../ui/phone.ts';

/** Calls a number from the agent's phone. */
export function useDialling(): Dial {
  const { t } = useTranslation('desk');
  return useCallback(
    (number) => {
      call(deskApi.dial, { body: { number } })
        .then(() =>
          notifications.show({
            id: 'dial',
            title: t('dial.begun', { number: formatPhone(number) }),
            message: t('dial.pickUp'),
            autoClose: 5_000,
            withBorder: true,
          }),
        )
        .catch((failure: unknown) => notifyFailure(t('act.dial'), failure));
    },
    [t],
  );
}
