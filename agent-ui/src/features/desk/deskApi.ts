import { deskApi } from '@ringdesk/shared/desk';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../platform/api/call.ts';
import { notifyFailure } from '../../ui/notifyFailure.ts';
import { offerUndo } from './offerUndo.tsx';

/** To whom a call can be given: fresh each time, since they come and go. */
export function useColleagues(enabled: boolean) {
  return useQuery({
    queryKey: ['desk', 'colleagues'],
    queryFn: () => call(deskApi.colleagues, {}),
    enabled,
    staleTime: 0,
    refetchInterval: 5_000,
  });
}

export type AgentChoice = { state: 'available' } | { state: 'break'; reason: string } | { state: 'offline' };

/** One thing that the agent asks of the server; when it fails they are told, and nothing is repeated behind their back. */
function useAct<T>(what: string, act: (input: T) => Promise<unknown>) {
  return useMutation({ mutationFn: act, onError: (failure) => notifyFailure(what, failure) });
}

export function useSetState() {
  const { t } = useTranslation('desk');
  return useAct(t('act.state'), (choice: AgentChoice) => call(deskApi.state, { body: choice }));
}

export function useHangUp(callId: string) {
  const { t } = useTranslation('desk');
  return useAct(t('act.hangUp'), () => call(deskApi.hangUp, { params: { callId } }));
}

export function useTransfer(callId: string) {
  const { t } = useTranslation('desk');
  return useAct(t('act.transfer'), (input: { kind: 'blind' | 'attended'; to: string }) =>
    call(deskApi.transfer, { params: { callId }, body: input }),
  );
}

export function useConsultation(callId: string) {
  const { t } = useTranslation('desk');
  return useAct(t('act.transfer'), (what: 'complete' | 'cancel') =>
    call(deskApi.consultation, { params: { callId }, body: { do: what } }),
  );
}

export function usePickCustomer(callId: string) {
  const { t } = useTranslation('desk');
  return useMutation({
    mutationFn: (said: { customerId: string; addNumber?: boolean }) =>
      call(deskApi.pick, { params: { callId }, body: said }),
    onError: (failure) => notifyFailure(t('act.pick'), failure),
    onSuccess: () =>
      offerUndo(callId, { done: t('match.picked'), undo: t('match.undo'), failed: t('act.pick') }),
  });
}

/** Asks the server to look the caller up once more, after it failed. */
export function useLookUpAgain(callId: string) {
  const { t } = useTranslation('desk');
  return useAct(t('lookUp.failed'), () => call(deskApi.lookUp, { params: { callId } }));
}

export function useMoreTime(callId: string) {
  const { t } = useTranslation('desk');
  return useAct(t('act.moreTime'), () => call(deskApi.moreTime, { params: { callId } }));
}

export function useCloseCard() {
  const { t } = useTranslation('desk');
  return useAct(t('act.close'), (callId: string) => call(deskApi.close, { params: { callId } }));
}
