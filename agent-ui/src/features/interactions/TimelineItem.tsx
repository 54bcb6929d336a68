import type { InteractionSummary } from '@ringdesk/shared/interaction';
import { IconPhoneIncoming, IconPhoneOff, IconPhoneOutgoing, IconPhonePlus } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../platform/i18n/useLocale.ts';
import { useServerNow } from '../../platform/live/useServerNow.ts';
import { formatDuration, formatFull, formatWhen } from '../../ui/format.ts';
import { InteractionDetail } from './InteractionDetail.tsx';
import styles from './TimelineItem.module.css';
import { useChoiceNames } from './useChoiceNames.ts';

const icons = { inbound: IconPhoneIncoming, outbound: IconPhoneOutgoing, internal: IconPhonePlus };

/** One contact as a line; a click unfolds how it went. */
export function TimelineItem({ interaction }: { interaction: InteractionSummary }) {
  const { t } = useTranslation('interactions');
  const locale = useLocale();
  const names = useChoiceNames();
  const now = useServerNow();
  const detailId = useId();
  const [open, setOpen] = useState(false);
  const { direction, startedAt, outcome, queue, talkMs, disposition, reason, note, sharedWith } = interaction;
  const agent = interaction.agentName ?? interaction.agent;
  const answered = outcome === 'answered' || talkMs > 0;
  const Icon = answered || outcome === null ? icons[direction] : IconPhoneOff;
  return (
    <li className={styles.item} data-testid="timeline-item" data-answered={answered}>
      <button
        type="button"
        className={styles.line}
        aria-expanded={open}
        aria-controls={detailId}
        onClick={() => setOpen(!open)}
      >
        <Icon size={16} stroke={1.7} aria-label={t(`direction.${direction}`)} className={styles.icon} />
        <time dateTime={startedAt} title={formatFull(startedAt, locale)} className={`${styles.when} num`}>
          {formatWhen(startedAt, now, locale)}
        </time>
        <span className={styles.what}>
          {reason !== null && <span className={styles.reason}>{names.reason(reason)}</span>}
          {disposition !== null && (
            <span className={styles.disposition}>{names.disposition(disposition)}</span>
          )}
          {!answered && outcome !== null && <span className={styles.lost}>{t(`outcome.${outcome}`)}</span>}
          {answered && reason === null && disposition === null && <span>{t('timeline.talk')}</span>}
        </span>
        <span className={styles.who}>
          {[agent, queue].filter(Boolean).join(' · ')}
          {talkMs > 0 && <span className="num">{formatDuration(talkMs)}</span>}
        </span>
      </button>
      {sharedWith.length > 0 && (
        <p className={styles.shared} data-testid="timeline-shared">
          {t('timeline.sharedWith', { names: sharedWith.join(', '), count: sharedWith.length })}
        </p>
      )}
      {note && <p className={styles.note}>{note}</p>}
      <div id={detailId}>{open && <InteractionDetail id={interaction.id} />}</div>
    </li>
  );
}
