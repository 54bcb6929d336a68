import { Button } from '@mantine/core';
import type { Card } from '@ringdesk/shared/desk';
import { IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Duration } from '../../ui/Duration.tsx';
import { useColleagues, useConsultation } from './deskApi.ts';
import { Notice } from './Notice.tsx';

interface Props {
  callId: string;
  consulting: NonNullable<Card['consulting']>;
}

/** An attended transfer under way: the colleague is asked while the customer holds. */
export function Consulting({ callId, consulting }: Props) {
  const { t } = useTranslation('desk');
  const act = useConsultation(callId);
  const known = useColleagues(true).data;
  const colleague = known?.agents.find(({ agent }) => agent === consulting.to);
  // Of a number outside the PBX does not tell whether it was answered: then nothing is claimed.
  const isOurs = colleague !== undefined || known?.queues.includes(consulting.to) === true;
  const answeredAt = consulting.answeredAt ?? null;
  const state = answeredAt !== null ? 'talking' : isOurs ? 'calling' : 'outside';
  return (
    <Notice tone="accent" icon={<IconUsersGroup size={18} stroke={1.7} />} testId="consulting">
      <p>
        <strong>{t(`consulting.${state}`, { to: colleague?.name ?? consulting.to })}</strong>{' '}
        <Duration since={answeredAt ?? consulting.since} ofCall />
      </p>
      <p>{t('consulting.text')}</p>
      <div>
        <Button
          size="xs"
          loading={act.isPending}
          onClick={() => act.mutate('complete')}
          data-testid="consult-complete"
        >
          {t(state === 'calling' ? 'consulting.completeBlind' : 'consulting.complete')}
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={act.isPending}
          onClick={() => act.mutate('cancel')}
          data-testid="consult-cancel"
        >
          {t('consulting.cancel')}
        </Button>
      </div>
    </Notice>
  );
}
