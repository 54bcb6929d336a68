import { z } from 'zod';
import { calendar, timeZone } from './calendar.ts';
import { endpoint } from './endpoint.ts';
import { direction } from './interaction.ts';
import { plainText } from './plain-text.ts';

/**
 * What administrators set while the house is at work. Each subject has a version: whoever changes it says which one was read, and is told what others
 * changed meanwhile. The environment gives the first defaults alone.
 */

const text = (max: number) => z.string().overwrite(plainText).trim().min(1).max(max);
export const names = z.object({ ru: text(80), en: text(80) });
/** Stands in records for ever, so it is never changed. */
export const settingId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1 to 40 small letters, digits and -');
const uniqueIds = (list: readonly { id: string }[]) => new Set(list.map(({ id }) => id)).size === list.length;
const twice = 'has an id twice';

/** How an agent's part in a call ended, for what may be said of it. */
export const wrapUpOutcome = z.enum(['answered', 'no-answer', 'busy', 'failed']);
export type WrapUpOutcome = z.infer<typeof wrapUpOutcome>;

/** A result that an agent can choose. What is archived is chosen no more, and old records keep its name. */
export const disposition = z
  .object({
    id: settingId,
    name: names,
    directions: z.array(direction).min(1).max(3),
    outcomes: z.array(wrapUpOutcome).min(1).max(4),
    archived: z.boolean(),
  })
  .meta({ id: 'Disposition' });
export type Disposition = z.infer<typeof disposition>;
export const dispositions = z.object({ list: z.array(disposition).max(200).refine(uniqueIds, twice) });
export type Dispositions = z.infer<typeof dispositions>;

/** Why a customer called. */
export interface Reason {
  id: string;
  name: { ru: string; en: string };
  /** It cannot be solved at the first contact, whoever takes it: left out of the net first-contact resolution. */
  notAtFirstContact: boolean;
  archived: boolean;
  children: Reason[];
}
export const reason: z.ZodType<Reason, Reason> = z
  .object({
    id: settingId,
    name: names,
    notAtFirstContact: z.boolean(),
    archived: z.boolean(),
    get children() {
      return z.array(reason).max(100).refine(uniqueIds, twice);
    },
  })
  .meta({ id: 'Reason' });
export const reasons = z.object({ tree: z.array(reason).max(100).refine(uniqueIds, twice) });
export type Reasons = z.infer<typeof reasons>;

/** A break that an agent can take; the id is the reason of the queue's pause. */
export const breakKind = z
  .object({
    id: settingId,
    name: names,
    /** Longer than this is shown as too long; null: no limit. */
    limitMs: z.int().min(60_000).max(86_400_000).nullable(),
    archived: z.boolean(),
  })
  .meta({ id: 'BreakKind' });
export const breaks = z.object({ list: z.array(breakKind).max(50).refine(uniqueIds, twice) });
export type Breaks = z.infer<typeof breaks>;

/** The variants of the service level. */
export const serviceLevel = z.enum(['answered-only', 'positive', 'ignore', 'negative', 'offered']);
/** `timed`: ends by itself after the limit. `unlimited`: the agent ends it. `none`: the next call may come at once, and the form waits. */
export const wrapUpMode = z.enum(['timed', 'unlimited', 'none']);

const queueNumbers = {
  /** The service level's threshold T, s. */
  thresholdSeconds: z.int().min(1).max(3600),
  serviceLevel,
  /** Who hangs up within this wait is short-abandoned (S), s. */
  shortAbandonSeconds: z.int().min(0).max(600),
  wrapUpMode,
  wrapUpLimitMs: z.int().min(5000).max(3_600_000),
};
/** What holds for every queue that says nothing else, and for calls of no queue. */
export const queueDefaults = z.object(queueNumbers);
export type QueueDefaults = z.infer<typeof queueDefaults>;

export const queueColor = z.enum([
  'blue',
  'teal',
  'green',
  'lime',
  'yellow',
  'orange',
  'red',
  'pink',
  'violet',
  'gray',
]);
/** Of one queue; null is as the defaults have it. */
export const queueSetting = z
  .object({
    title: names.nullable(),
    color: queueColor.nullable(),
    thresholdSeconds: queueNumbers.thresholdSeconds.nullable(),
    serviceLevel: serviceLevel.nullable(),
    shortAbandonSeconds: queueNumbers.shortAbandonSeconds.nullable(),
    wrapUpMode: wrapUpMode.nullable(),
    wrapUpLimitMs: queueNumbers.wrapUpLimitMs.nullable(),
    /** The results that its calls may have; null: all. */
    dispositions: z.array(settingId).max(200).nullable(),
    /** When it is open: a calendar's id; null: the house's. */
    calendar: settingId.nullable(),
  })
  .meta({ id: 'QueueSetting' });
export type QueueSetting = z.infer<typeof queueSetting>;

export const time = z.object({
  /** Days and hours of reports are cut by it. */
  timeZone,
  /** The house's calendar; null: always open. */
  calendar: settingId.nullable(),
});
export type TimeSetting = z.infer<typeof time>;

export const calendars = z.object({
  list: z
    .array(calendar.extend({ id: settingId, name: names, timeZone: timeZone.nullable() }))
    .max(100)
    .refine(uniqueIds, twice),
});
export type Calendars = z.infer<typeof calendars>;

const prefix = z.string().regex(/^\d{1,6}$/, 'must be 1 to 6 digits');
const region = z.string().regex(/^[A-Z]{2}$/, 'must be two letters such as RU');
/** What is put before numbers, and where numbers without a country code are at home: of a PBX, or of one trunk of it. */
export const numbers = z.object({
  rules: z
    .array(
      z.object({
        pbx: z.string().trim().min(1).max(60),
        /** How its devices begin, e.g. `PJSIP/provider`; null: all of this PBX. */
        trunk: z.string().trim().min(1).max(80).nullable(),
        region: region.nullable(),
        prefixes: z.array(prefix).max(20),
      }),
    )
    .max(500),
});
export type NumberSettings = z.infer<typeof numbers>;

/** For how many days things are kept; null: for ever. */
const days = z.int().min(1).max(36_500).nullable();
export const retention = z.object({ interactionDays: days, auditDays: days });
export type Retention = z.infer<typeof retention>;

/** The two endpoints of one subject. */
function subject<V extends z.ZodType>(name: string, value: V, what: string, example: z.input<V>) {
  const kept = z.object({ value, version: z.int() });
  return {
    read: endpoint({
      id: `settings.read-${name}`,
      method: 'GET',
      path: `/settings/${name}`,
      permission: 'settings.write',
      summary: `Reads ${what}; version 0 is as nobody has changed it yet.`,
      answer: kept,
    }),
    write: endpoint({
      id: `settings.write-${name}`,
      method: 'PUT',
      path: `/settings/${name}`,
      permission: 'settings.write',
      summary: `Replaces ${what} as read (\`basedOn\` is its version); it holds at once, on open pages too.`,
      body: z.object({ value, basedOn: z.int().min(0) }),
      answer: kept,
      example: { value: example, basedOn: 0 },
    }),
  };
}

const exampleNames = { ru: 'Решено', en: 'Resolved' };
export const settingSubjects = {
  queueDefaults: subject('queue-defaults', queueDefaults, 'what holds for every queue', {
    thresholdSeconds: 20,
    serviceLevel: 'negative',
    shortAbandonSeconds: 5,
    wrapUpMode: 'timed',
    wrapUpLimitMs: 60_000,
  }),
  dispositions: subject('dispositions', dispositions, 'the results of calls', {
    list: [
      {
        id: 'resolved',
        name: exampleNames,
        directions: ['inbound'],
        outcomes: ['answered'],
        archived: false,
      },
    ],
  }),
  reasons: subject('reasons', reasons, 'the tree of reasons', {
    tree: [{ id: 'order', name: exampleNames, notAtFirstContact: false, archived: false, children: [] }],
  }),
  breaks: subject('breaks', breaks, 'the breaks', {
    list: [{ id: 'lunch', name: exampleNames, limitMs: 3_600_000, archived: false }],
  }),
  time: subject('time', time, 'the time zone and the house’s calendar', {
    timeZone: 'Europe/Moscow',
    calendar: null,
  }),
  calendars: subject('calendars', calendars, 'business hours and holidays', {
    list: [
      {
        id: 'office',
        name: exampleNames,
        timeZone: null,
        week: [{ days: [1, 2, 3, 4, 5], hours: { from: '09:00', to: '18:00' } }],
        days: [{ date: '2026-01-01', name: 'New Year', hours: [] }],
      },
    ],
  }),
  numbers: subject('numbers', numbers, 'what PBXs and trunks put before numbers', {
    rules: [{ pbx: 'main', trunk: null, region: 'RU', prefixes: ['9'] }],
  }),
  retention: subject('retention', retention, 'for how long things are kept', {
    interactionDays: null,
    auditDays: null,
  }),
};

const queueShown = z.object({ name: z.string(), value: queueSetting, version: z.int() });
export const queueSettingsApi = {
  list: endpoint({
    id: 'settings.queues',
    method: 'GET',
    path: '/settings/queues',
    permission: 'settings.write',
    summary: 'Lists the queues that the PBXs have or a setting is about, and how each is set.',
    answer: z.object({ queues: z.array(queueShown) }),
  }),
  write: endpoint({
    id: 'settings.write-queue',
    method: 'PUT',
    path: '/settings/queues/:name',
    permission: 'settings.write',
    summary: 'Replaces how a queue is set, as read (`basedOn` is its version).',
    params: z.object({ name: z.string().min(1).max(100) }),
    body: z.object({ value: queueSetting, basedOn: z.int().min(0) }),
    answer: queueShown,
    example: {
      value: {
        title: { ru: 'Продажи', en: 'Sales' },
        color: 'blue',
        thresholdSeconds: 20,
        serviceLevel: null,
        shortAbandonSeconds: null,
        wrapUpMode: null,
        wrapUpLimitMs: 30_000,
        dispositions: null,
        calendar: null,
      },
      basedOn: 0,
    },
  }),
};
