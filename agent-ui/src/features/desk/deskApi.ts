import { agentState, type DeskSettings, type ReasonNode } from '@ringdesk/shared/desk';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { ask, tell } from '../../platform/api/request.ts';
import { cardPath } from '../../platform/live/liveDesk.ts';
import { notifyFailure } from '../../ui/notifyFailure.ts';

const choice = z.object({ id: z.string(), name: z.object({ ru: z.string(), en: z.string() }) });
const reason: z.ZodType<ReasonNode> = choice.extend({
  get children() {
    return z.array(reason);
  },
});
const settings: z.ZodType<DeskSettings> = z.object({
  dispositions: z.array(choice),
  reasons: z.array(reason),
  breakReasons: z.array(choice),
  wrapUpLimitMs: z.number().nullable(),
  defaultRegion: z.string(),
  embeddedStore: z.boolean(),
  simulated: z.boolean(),
});

/** The choices that an agent has; they change with the server's configuration only. */
export function useDeskSettings(): DeskSettings | undefined {
  return useQuery({
    queryKey: ['desk', 'settings'],
    queryFn: () => ask('/api/desk/settings', settings),
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
}

const colleagues = z.object({
  agents: z.array(z.object({ agent: z.string(), name: z.string(), state: agentState })),
  queues: z.array(z.string()),
});
export type Colleagues = z.infer<typeof colleagues>;

/** To whom a call can be given: fresh each time, since they come and go. */
export function useColleagues(enabled: boolean) {
  return useQuery({
    queryKey: ['desk', 'colleagues'],
    queryFn: () => ask('/api/desk/colleagues', colleagues),
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
  return useAct(t('act.state'), (choice: AgentChoice) => tell('/api/desk/state', { body: choice }));
}

export function useHangUp(callId: string) {
  const { t } = useTranslation('desk');
  return useAct(t('act.hangUp'), () => tell(cardPath(callId, 'hangup')));
}

export function useTransfer(callId: string) {
  const { t } = useTranslation('desk');
  return useAct(t('act.transfer'), (input: { kind: 'blind' | 'attended'; to: string }) =>
    tell(cardPath(callId, 'transfer'), { body: input }),
  );
}

export function useConsultation(callId: string) {
  const { t } = useTranslation('desk');
  return useAct(t('act.transfer'), (what: 'complete' | 'cancel') =>
    tell(cardPath(callId, 'consultation'), { body: { do: what } }),
  );
}

export function usePickCustomer(callId: string) {
  const { t } = useTranslation('desk');
  return useAct(t('act.pick'), (customerId: string) =>
    tell(cardPath(callId, 'customer'), { body: { customerId } }),
  );
}

/** Asks the server to look the caller up once more, after it failed. */
export function useLookUpAgain(callId: string) {
  const { t } = useTranslation('desk');
  return useAct(t('lookUp.failed'), () => tell(cardPath(callId, 'look-up')));
}

export function useCloseCard() {
  const { t } = useTranslation('desk');
  return useAct(t('act.close'), (callId: string) => tell(cardPath(callId, 'close')));
}
