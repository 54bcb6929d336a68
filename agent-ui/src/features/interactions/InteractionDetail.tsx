import { Skeleton } from '@mantine/core';
import type { Interaction } from '@ringdesk/shared/interaction';
import { useTranslation } from 'react-i18next';
import { useFailureText } from '../../platform/i18n/useFailureText.ts';
import { formatDuration } from '../../ui/format.ts';
import { formatPhone } from '../../ui/phone.ts';
import { CorrectCustomer } from './CorrectCustomer.tsx';
import styles from './InteractionDetail.module.css';
import { useInteraction } from './interactionApi.ts';

/** How a contact went: where the caller waited and how long, whose phones rang, who spoke, to whom it was given. */
export function InteractionDetail({ id }: { id: string }) {
  const failureText = useFailureText();
  const interaction = useInteraction(id);
  if (interaction.isPending) return <Skeleton height={14} width={260} my={6} ml={26} />;
  if (interaction.isError) return <p className={styles.failure}>{failureText(interaction.error)}</p>;
  return (
    <>
      <Steps interaction={interaction.data} />
      {interaction.data.direction !== 'internal' && <CorrectCustomer interactionId={id} />}
    </>
  );
}

function Steps({ interaction }: { interaction: Interaction }) {
  const { t } = useTranslation('interactions');
  const { entries, legs, transfers, number, did } = interaction;
  return (
    <ul className={styles.steps}>
      {number !== null && (
        <li>
          {formatPhone(number)}
          {did !== null && <span className="quiet"> → {did}</span>}
        </li>
      )}
      {entries.map((entry) => (
        <li key={`${entry.queue} ${entry.enteredAt}`}>
          {t('detail.queue', { queue: entry.queue })}
          {entry.waitMs !== null && (
            <span className="num">{t('detail.waited', { time: formatDuration(entry.waitMs) })}</span>
          )}
          {entry.outcome !== null && <span className="quiet">{t(`entryOutcome.${entry.outcome}`)}</span>}
        </li>
      ))}
      {legs.map((leg) => (
        <li key={`${leg.agent} ${leg.offeredAt}`}>
          {t('detail.agent', { agent: leg.agent })}
          {leg.outcome !== null && <span className="quiet">{t(`legOutcome.${leg.outcome}`)}</span>}
          {leg.talkMs !== null && leg.talkMs > 0 && (
            <span className="num">{t('detail.talked', { time: formatDuration(leg.talkMs) })}</span>
          )}
          {leg.holdMs !== null && leg.holdMs > 0 && (
            <span className="num">{t('detail.held', { time: formatDuration(leg.holdMs) })}</span>
          )}
        </li>
      ))}
      {transfers.map((transfer) => (
        <li key={transfer.at}>
          {t(`transferKind.${transfer.kind}`)}
          <span className="quiet">
            {transfer.by ?? '?'} → {transfer.toQueue ?? transfer.to ?? '?'}
          </span>
        </li>
      ))}
    </ul>
  );
}
