import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { codeOf } from '../platform/api/failure.ts';

/** Tells the agent, in their language, that something they asked for was not done. @param what what was asked */
export function notifyFailure(what: string, failure: unknown): void {
  console.warn(what, failure);
  notifications.show({
    id: `failure:${what}`,
    color: 'red',
    title: what,
    message: i18next.t(`errors:${codeOf(failure)}`),
    autoClose: 8_000,
    withBorder: true,
  });
}
