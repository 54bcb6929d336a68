import { Button, Modal, Skeleton } from '@mantine/core';
import type { CellQuery, ReportName } from '@ringdesk/shared/report';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../../ui/format.ts';
import { PhoneNumber } from '../../ui/PhoneNumber.tsx';
import { Unreachable } from '../../ui/Unreachable.tsx';
import { When } from '../../ui/When.tsx';
import styles from './Reports.module.css';
import { useCell } from './reportApi.ts';
import { useMetricText } from './useMetricText.ts';

/** A number that somebody wants to see through. */
export interface OpenCell {
  metric: CellQuery['metric'];
  /** What it is of, in words. */
  of: string;
  whose: Partial<Record<'queue' | 'agent' | 'reason', string>>;
  from: string;
  to: string;
}

interface Props {
  name: ReportName;
  cell: OpenCell;
  onClose: () => void;
}

/** The contacts behind a number: as many as it says. */
export function Cell({ name, cell, onClose }: Props) {
  const { t } = useTranslation('reports');
  const { t: told } = useTranslation('interactions');
  const { nameOf } = useMetricText();
  const { metric, of, whose, from, to } = cell;
  const found = useCell(name, { metric, from, to, ...whose });
  const contacts = found.data?.pages.flatMap((page) => page.contacts);
  const total = found.data?.pages[0]?.total;
  return (
    <Modal opened onClose={onClose} size="xl" title={t('cell.title', { metric: nameOf(metric), of })}>
      {found.isError && <Unreachable failure={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Skeleton height={120} />}
      {contacts && (
        <div data-testid="cell-contacts">
          <p>{t('cell.count', { count: total ?? contacts.length })}</p>
          <ul className={styles.list}>
            {contacts.map((one, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a contact that counts twice is there twice
              <li key={`${one.id} ${at}`}>
                <When at={one.startedAt} />
                <span>{one.number !== null && <PhoneNumber number={one.number} />}</span>
                <span>{one.agentName ?? one.agent}</span>
                <span className="num">{formatDuration(one.talkMs)}</span>
                <span>{one.outcome !== null && told(`outcome.${one.outcome}`)}</span>
              </li>
            ))}
          </ul>
          {found.hasNextPage && (
            <Button
              variant="default"
              mt="sm"
              loading={found.isFetchingNextPage}
              onClick={() => void found.fetchNextPage()}
            >
              {t('cell.more')}
            </Button>
          )}
        </div>
      )}
    </Modal>
  );
}
