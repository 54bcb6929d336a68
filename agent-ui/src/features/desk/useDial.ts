import { notifications } from '@mantine/notifications';
import { deskApi } from '@ringdesk/shared/desk';
import { useTranslation } from 'react-i18next';
import { call } from '../../platform/api/call.ts';
import { useLive } from '../../platform/live/LiveContext.tsx';
import { notifyFailure } from '../../ui/notifyFailure.ts';
import { formatPhone } from '../../ui/phone.ts';

/** Calls a number from the agent's phone; null for a user without one. */
export function useDial(): ((number: string) => void) | null {
  const { t } = useTranslation('desk');
  const live = useLive();
  if (!live) return null;
  return (number) => {
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
  };
}
