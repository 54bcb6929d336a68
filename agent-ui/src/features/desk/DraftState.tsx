import { IconCheck, IconDeviceLaptop, IconLoader2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './DraftState.module.css';
import type { KeptDraft } from './live/draftKeeper.ts';
import type { OutboxItem } from './live/outbox.ts';

interface Props {
  kept: KeptDraft | null;
  posted: OutboxItem | null;
  /** Whether the call is over, so that the wrap-up can be saved. */
  over: boolean;
}

/** Where the text is now, so that nobody fears for it: with the server, on its way, or safe on this device. */
export function DraftState({ kept, posted, over }: Props) {
  const { t } = useTranslation('desk');
  const { t: tErrors } = useTranslation('errors');
  if (posted?.state === 'refused') {
    return (
      <span className={styles.bad} role="alert" data-testid="draft-state" data-sync="refused">
        {tErrors(posted.code)}
      </span>
    );
  }
  const sync = posted?.state === 'waiting' ? 'posted' : (kept?.sync ?? 'saved');
  if (sync === 'saved' && (kept?.draft.revision ?? 0) === 0) {
    return <span className={styles.state}>{over ? '' : t('wrapUp.afterCall')}</span>;
  }
  const icon = {
    saved: <IconCheck size={14} aria-hidden="true" />,
    sending: <IconLoader2 size={14} aria-hidden="true" />,
    kept: <IconDeviceLaptop size={14} aria-hidden="true" />,
    posted: <IconDeviceLaptop size={14} aria-hidden="true" />,
  }[sync];
  return (
    <span className={styles.state} data-testid="draft-state" data-sync={sync}>
      {icon} {t(`draft.${sync}`)}
    </span>
  );
}
