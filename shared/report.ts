import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { interactionSummary } from './interaction.ts';
import { catalogue, type MetricId } from './metrics/catalogue.ts';
import { intervals } from './metrics/intervals.ts';
import { serviceLevelVariants } from './metrics/metric.ts';
import { repeatMatches } from './metrics/repeats.ts';

/** By what numbers can be told apart. */
export const dimensions = ['queue', 'agent', 'reason', 'disposition', 'direction', 'pbx', 'did'] as const;
export type Dimension = (typeof dimensions)[number];

export interface ReportKind {
  /** Its rows, unless it is asked otherwise. */
  by: readonly Dimension[];
  metrics: readonly MetricId[];
  /** How its rows are cut in time, unless it is asked otherwise. */
  interval?: (typeof intervals)[number];
}

const ofQueues = [
  'entered',
  'answered',
  'abandoned',
  'shortAbandoned',
  'callback',
  'flowedOut',
  'open',
  'answeredInTime',
  'abandonedInTime',
  'serviceLevel',
  'abandonRate',
  'asaSeconds',
  'waitP50Seconds',
  'waitP90Seconds',
  'waitP95Seconds',
  'waitMaxSeconds',
  'timeToAbandonSeconds',
  'handled',
  'talkSeconds',
  'holdSeconds',
  'wrapUpSeconds',
  'ahtSeconds',
] as const satisfies readonly MetricId[];
const transfers = [
  'handled',
  'transferRate',
  'blindTransfers',
  'attendedTransfers',
  'transfersToQueue',
  'transfersToAgent',
  'transfersToOutside',
] as const satisfies readonly MetricId[];

/** The reports that are sums of counters; `repeat-contacts` looks at one customer after the other. */
export const reportKinds = {
  queues: { by: ['queue'], metrics: ofQueues },
  agents: {
    by: ['agent'],
    metrics: [
      'offers',
      'handled',
      'missed',
      'rnaRate',
      'talkSeconds',
      'holdSeconds',
      'wrapUpSeconds',
      'ahtSeconds',
      'holdPerHeldSeconds',
      'transferRate',
    ],
  },
  reasons: {
    by: ['reason'],
    metrics: ['inbound', 'inboundAnswered', 'outbound', 'outboundAnswered', 'handled', 'ahtSeconds'],
  },
  hours: { by: [], metrics: ofQueues, interval: 'hour-of-week' },
  transfers: { by: ['agent'], metrics: transfers },
  waiting: {
    by: ['queue'],
    metrics: [
      'entered',
      'answered',
      'asaSeconds',
      'waitP50Seconds',
      'waitP90Seconds',
      'waitP95Seconds',
      'waitMaxSeconds',
      'abandoned',
      'timeToAbandonSeconds',
      'shortAbandoned',
    ],
  },
} as const satisfies Record<string, ReportKind>;
export type ReportName = keyof typeof reportKinds;

/** The reports that are sums. */
export const reportName = z.enum(['queues', 'agents', 'reasons', 'hours', 'transfers', 'waiting']);
const dimension = z.enum(dimensions);
/** One value, or the same parameter again and again. */
const several = z
  .union([z.string().max(200), z.array(z.string().max(200)).max(100)])
  .transform((value) => (Array.isArray(value) ? value : [value]))
  .optional();
const localTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/, 'must be a day such as 2026-03-01, or 2026-03-01T09:30');

const filters = {
  /** The first day, or time of a day, of the business time zone. */
  from: localTime,
  /** The first that is not in it. */
  to: localTime,
  queue: several,
  agent: several,
  reason: several,
  disposition: several,
  direction: several,
  pbx: several,
  did: several,
};

export const reportQuery = z.object({
  ...filters,
  /** Dimensions, with commas between them; none for the total alone. */
  by: z
    .string()
    .max(100)
    .transform((text) => text.split(',').filter((one) => one !== ''))
    .pipe(z.array(dimension).max(3))
    .optional(),
  interval: z.enum(intervals).optional(),
  /** The limits and the variant of all queues, instead of what each of them is set to. */
  thresholdSeconds: z.coerce.number().int().min(1).max(3600).optional(),
  shortAbandonSeconds: z.coerce.number().int().min(0).max(600).optional(),
  serviceLevel: z.enum(serviceLevelVariants).optional(),
});
export type ReportQuery = z.infer<typeof reportQuery>;

const number = z.number().nullable();
/** Its dimensions by name, `interval` where time was cut, the metrics by name, and whether it may still change. */
const row = z.record(z.string(), z.union([z.string(), number, z.boolean()]));
export type ReportRow = z.infer<typeof row>;

export const report = z
  .object({
    report: z.string(),
    from: z.string(),
    to: z.string(),
    timeZone: z.string(),
    interval: z.enum(intervals).nullable(),
    by: z.array(z.string()),
    /** null where each queue has its own. */
    variant: z.object({
      serviceLevel: z.string().nullable(),
      thresholdSeconds: number,
      shortAbandonSeconds: number,
    }),
    rows: z.array(row),
    total: row,
  })
  .meta({ id: 'Report' });
export type Report = z.infer<typeof report>;

export const repeatsQuery = z.object({
  from: localTime,
  to: localTime,
  queue: several,
  agent: several,
  reason: several,
  by: z.enum(['queue', 'agent', 'reason', 'disposition', 'none']).default('none'),
  windowDays: z.coerce
    .number()
    .refine((days) => [1, 3, 7, 14, 30].includes(days), 'must be 1, 3, 7, 14 or 30')
    .default(7),
  match: z.enum(repeatMatches).default('any'),
  attribution: z.enum(['last', 'first']).default('last'),
});
export type RepeatsQuery = z.infer<typeof repeatsQuery>;

const repeatRow = z.object({
  inbound: z.int(),
  answered: z.int(),
  customers: z.int(),
  first: z.int(),
  repeat: z.int(),
  retry: z.int(),
  returned: z.int(),
  forward: z.int(),
  withheld: z.int(),
  repeatRate: number,
  repeatCustomers: z.int(),
  triggers: z.int(),
  fcrGross: number,
  fcrNet: number,
  contactsPerProblem: number,
  notFinal: z.int(),
});
export type RepeatRow = z.infer<typeof repeatRow>;
export const repeatReport = z
  .object({
    report: z.literal('repeat-contacts'),
    from: z.string(),
    to: z.string(),
    timeZone: z.string(),
    variant: z.object({ windowDays: z.int(), match: z.string(), attribution: z.string() }),
    /** Triggers and what follows from them are told of whose they are; classes of the contact itself. */
    rows: z.array(repeatRow.extend({ key: z.string() })),
    total: repeatRow,
  })
  .meta({ id: 'RepeatReport' });
export type RepeatReport = z.infer<typeof repeatReport>;

/** The metrics whose cells can be opened: those that count something. */
export const openable = [
  'entered',
  'answered',
  'abandoned',
  'shortAbandoned',
  'callback',
  'flowedOut',
  'answeredInTime',
  'offers',
  'handled',
  'missed',
  'inbound',
  'inboundAnswered',
  'outbound',
  'outboundAnswered',
  'blindTransfers',
  'attendedTransfers',
  'transfersToQueue',
  'transfersToAgent',
  'transfersToOutside',
] as const satisfies readonly MetricId[];

export const cellQuery = z.object({
  ...filters,
  metric: z.enum(openable),
  thresholdSeconds: z.coerce.number().int().min(1).max(3600).optional(),
  shortAbandonSeconds: z.coerce.number().int().min(0).max(600).optional(),
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type CellQuery = z.infer<typeof cellQuery>;

const metricTold = z.object({
  id: z.string(),
  unit: z.enum(['count', 'share', 'seconds']),
  upIsGood: z.boolean().nullable(),
  name: z.object({ ru: z.string(), en: z.string() }),
  definition: z.object({ ru: z.string(), en: z.string() }),
  formula: z.string(),
});

export const reportsApi = {
  metrics: endpoint({
    id: 'reports.metrics',
    method: 'GET',
    path: '/reports/metrics',
    permission: 'reports.read',
    summary: 'Lists every number with its definition, unit and formula.',
    answer: z.object({ metrics: z.array(metricTold) }),
  }),
  repeats: endpoint({
    id: 'reports.repeat-contacts',
    method: 'GET',
    path: '/reports/repeat-contacts',
    permission: 'reports.read',
    summary: 'Tells who had to contact us again, and whose answer did not last.',
    query: repeatsQuery,
    answer: repeatReport,
  }),
  read: endpoint({
    id: 'reports.read',
    method: 'GET',
    path: '/reports/:name',
    permission: 'reports.read',
    summary: 'Reads a report: `from` is included, `to` is not, both in the business time zone.',
    params: z.object({ name: reportName }),
    query: reportQuery,
    answer: report,
  }),
  cell: endpoint({
    id: 'reports.cell',
    method: 'GET',
    path: '/reports/:name/contacts',
    permission: 'reports.read',
    summary:
      'Lists the contacts behind one number, newest first; a contact counted twice in it is there twice.',
    params: z.object({ name: reportName }),
    query: cellQuery,
    answer: z.object({ total: z.int(), contacts: z.array(interactionSummary), next: z.string().nullable() }),
  }),
};

export const metricsTold = Object.entries(catalogue).map(([id, { of: _, ...told }]) => ({ id, ...told }));
