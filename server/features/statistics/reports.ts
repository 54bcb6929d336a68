import type { Interaction, InteractionSummary } from '@ringdesk/shared/interaction';
import { catalogue, type MetricId } from '@ringdesk/shared/metrics/catalogue';
import { rounded } from '@ringdesk/shared/metrics/metric';
import { tallyOf } from '@ringdesk/shared/metrics/tally';
import {
  type CellQuery,
  type Dimension,
  dimensions,
  type Report,
  type ReportKind,
  type ReportName,
  type ReportQuery,
  type ReportRow,
  reportKinds,
} from '@ringdesk/shared/report';
import { Refusal } from '../../platform/errors.ts';
import type { Agreed, Group, QueryOptions, Question, StatisticsQuery } from './query.ts';

export interface ReportsOptions {
  query: StatisticsQuery;
  settings: QueryOptions['settings'];
  summed(interactions: readonly Interaction[]): Promise<InteractionSummary[]>;
}

/** Reports by their names, as page, API and command line give them. All of it throws Refusal. */
export class Reports {
  readonly #o: ReportsOptions;

  constructor(options: ReportsOptions) {
    this.#o = options;
  }

  async read(name: ReportName, asked: ReportQuery): Promise<Report> {
    const kind: ReportKind = reportKinds[name];
    const by = asked.by ?? kind.by;
    const interval = asked.interval ?? kind.interval ?? null;
    const said = saidIn(asked);
    const answer = await this.#o.query.ask({ ...asked, by, interval, filters: filtersIn(asked), said });
    const { timeZone, usual, agreedFor } = this.#o.settings();
    const queues = asked.queue ?? [];
    const agreed = queues.length === 1 && queues[0] !== undefined ? agreedFor(queues[0]) : usual;
    const variant = { ...agreed, ...said };
    return {
      report: name,
      from: asked.from,
      to: asked.to,
      timeZone,
      interval,
      by: [...by],
      variant: {
        serviceLevel: variant.serviceLevel,
        thresholdSeconds: variant.thresholdSeconds,
        shortAbandonSeconds: variant.shortAbandonSeconds,
      },
      rows: answer.groups.map((group) => rowOf(group, by, kind.metrics)).filter((row) => says(row, kind)),
      total: rowOf(answer.total, [], kind.metrics),
    };
  }

  /** The contacts behind one number; as many as the number says. */
  async cell(
    asked: CellQuery,
  ): Promise<{ total: number; contacts: InteractionSummary[]; next: string | null }> {
    const { agreedFor } = this.#o.settings();
    const said = saidIn(asked);
    const { of } = catalogue[asked.metric];
    const found = await this.#o.query.records({ ...asked, filters: filtersIn(asked) }, (counters, queue) => {
      const agreed: Agreed = { ...agreedFor(queue), ...said };
      return of(tallyOf(counters, agreed), agreed.serviceLevel) === 1;
    });
    const from = placeIn(asked.cursor);
    const page = found.slice(from, from + asked.limit);
    const next = from + asked.limit < found.length ? String(from + asked.limit) : null;
    return { total: found.length, contacts: await this.#o.summed(page), next };
  }
}

/** A row of which this report counts nothing, such as a queue's contacts in the report of agents, says nothing. */
const says = (row: ReportRow, { metrics }: ReportKind) =>
  metrics.some((id) => typeof row[id] === 'number' && row[id] !== 0);

function rowOf(group: Group, by: readonly Dimension[], metrics: readonly MetricId[]): ReportRow {
  const { values, interval, tally, serviceLevel, provisional } = group;
  return {
    ...(interval === null ? {} : { interval }),
    ...Object.fromEntries(by.map((name, at) => [name, values[at] ?? ''])),
    ...Object.fromEntries(
      metrics.map((id) => [id, rounded(catalogue[id], catalogue[id].of(tally, serviceLevel))]),
    ),
    provisional,
  };
}

function filtersIn(asked: Partial<Record<Dimension, string[] | undefined>>): Question['filters'] {
  return Object.fromEntries(
    dimensions.flatMap((name) => (asked[name] === undefined ? [] : [[name, asked[name]]])),
  );
}

function saidIn({
  thresholdSeconds,
  shortAbandonSeconds,
  serviceLevel,
}: Partial<Pick<ReportQuery, 'thresholdSeconds' | 'shortAbandonSeconds' | 'serviceLevel'>>): Partial<Agreed> {
  return {
    ...(thresholdSeconds === undefined ? {} : { thresholdSeconds }),
    ...(shortAbandonSeconds === undefined ? {} : { shortAbandonSeconds }),
    ...(serviceLevel === undefined ? {} : { serviceLevel }),
  };
}

function placeIn(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  throw new Refusal('bad-input', "Invalid cursor. Pass 'next' of the page before unchanged.", {
    fields: [{ path: 'cursor', message: 'is not a cursor' }],
  });
}
