import { Modal } from '@mantine/core';
import { type AuditRecord, auditApi } from '@ringdesk/shared/audit';
import { staffApi } from '@ringdesk/shared/staff';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { call } from '../../platform/api/call.ts';
import { useServerNow } from '../../platform/live/useServerNow.ts';
import { useBusinessZone } from '../../platform/session/businessZone.ts';
import { useMay } from '../../platform/session/session.ts';
import { FilterBar, FilterChoice, FilterText } from '../../ui/filters/FilterBar.tsx';
import { useFilters } from '../../ui/filters/useFilters.ts';
import { PeriodPicker } from '../../ui/period/PeriodPicker.tsx';
import { boundsOf, dayAt, daysOf, periodOf, periodText } from '../../ui/period/period.ts';
import { TabbedPage } from '../../ui/TabbedPage.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { infiniteRows } from '../../ui/table/infiniteRows.ts';
import { useSettled } from '../../ui/useSettled.ts';
import { When } from '../../ui/When.tsx';
import { Changes } from './Changes.tsx';
import { whoDid } from './whoDid.ts';

const kinds = [
  'customer',
  'interaction',
  'user',
  'login',
  'team',
  'role',
  'setting',
  'queue-setting',
  'task',
  'token',
  'session',
  'number',
  'person',
] as const;
const filterSchema = z.object({
  actor: z.string().max(100).optional(),
  kind: z.enum(kinds).optional(),
  what: z.string().max(100).default(''),
  period: z
    .string()
    .refine((text) => periodOf(text) !== null)
    .optional(),
});
const noCursor: string | null = null;

/** Who did what to what, when, and from where. */
export default function AuditPage() {
  const { t } = useTranslation('audit');
  const state = useFilters(filterSchema);
  const { actor, kind, what, period: periodSaid } = state.filters;
  const wanted = useSettled(what.trim(), 250);
  const zone = useBusinessZone();
  const today = dayAt(useServerNow(), zone);
  const period = periodSaid === undefined ? null : periodOf(periodSaid);
  const bounds = period === null ? {} : boundsOf(daysOf(period, today), zone);
  const question = { actor, kind, what: wanted === '' ? undefined : wanted, ...bounds };
  const query = useInfiniteQuery({
    queryKey: ['audit', 'list', question],
    queryFn: ({ pageParam }) =>
      call(auditApi.list, { query: { ...question, limit: 100, cursor: pageParam ?? undefined } }),
    initialPageParam: noCursor,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
  const staff = usePeople();
  const [open, setOpen] = useState<AuditRecord | null>(null);
  const columns = useMemo(
    (): Column<AuditRecord>[] => [
      { id: 'what', title: t('what'), cell: (record) => record.what },
      { id: 'at', title: t('at'), cell: ({ at }) => <When at={at} /> },
      { id: 'who', title: t('who'), cell: (record) => whoDid(record, t('system')) },
      {
        id: 'thing',
        title: t('thing'),
        cell: ({ entity }) => entity && `${nameOfKind(entity.kind, t)} ${entity.id}`,
        minor: true,
      },
      { id: 'address', title: t('address'), cell: ({ address }) => address ?? '', minor: true },
    ],
    [t],
  );
  return (
    <TabbedPage title={t('title')}>
      <DataTable
        id="audit"
        label={t('title')}
        columns={columns}
        source={infiniteRows(query, (page) => page.records)}
        rowId={({ id }) => id}
        onOpen={setOpen}
        rowTestId="audit-row"
        empty={t('none')}
        bar={
          <FilterBar state={state}>
            <FilterText label={t('what')} value={what} onChange={(text) => state.set({ what: text })} />
            <FilterChoice
              label={t('who')}
              any={t('anybody')}
              value={actor}
              options={staff}
              onChange={(value) => state.set({ actor: value })}
              testId="audit-actor"
            />
            <FilterChoice
              label={t('kind')}
              any={t('anyKind')}
              value={kind}
              options={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
              onChange={(value) => state.set({ kind: value })}
              testId="audit-kind"
            />
            <PeriodPicker
              value={period}
              clearable
              onChange={(next) => state.set({ period: next === null ? undefined : periodText(next) })}
            />
          </FilterBar>
        }
      />
      <Modal
        opened={open !== null}
        onClose={() => setOpen(null)}
        title={open?.what ?? ''}
        size={700}
        closeButtonProps={{ 'aria-label': t('action.close', { ns: 'shell' }) }}
      >
        {open && <Details record={open} />}
      </Modal>
    </TabbedPage>
  );
}

function Details({ record }: { record: AuditRecord }) {
  const { t } = useTranslation('audit');
  const { at, entity, address, requestId, details } = record;
  return (
    <>
      <p>
        <When at={at} /> {whoDid(record, t('system'))} <span className="quiet">{address}</span>
      </p>
      {entity && (
        <p style={{ overflowWrap: 'anywhere' }}>
          {nameOfKind(entity.kind, t)} {entity.id}
        </p>
      )}
      <Changes record={record} />
      <p className="quiet" style={{ overflowWrap: 'anywhere' }}>
        {Object.entries(details)
          .map(([name, value]) => `${name}: ${String(value)}`)
          .join(', ')}
        {requestId !== null && ` · ${t('request')} ${requestId}`}
      </p>
    </>
  );
}

function nameOfKind(kind: string, t: ReturnType<typeof useTranslation<'audit'>>['t']): string {
  const known = kinds.find((one) => one === kind);
  return known === undefined ? kind : t(`kinds.${known}`);
}

/** Everybody who works here, to choose from. */
function usePeople(): { value: string; label: string }[] {
  const may = useMay();
  const query = useQuery({
    queryKey: ['users', 'list'],
    queryFn: async () => (await call(staffApi.list, {})).users,
    enabled: may('users.read'),
  });
  return (query.data ?? []).map(({ id, name }) => ({ value: id, label: name }));
}
