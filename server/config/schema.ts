import { isIPv4, isIPv6 } from 'node:net';
import { z } from 'zod';
import { isMongoUrl, isRedisUrl, mongoUrlMistake, redisUrlMistake } from './database-url.ts';

/** Everything that can be set, in one place. `docs/configuration.md` is its table for operators. */

const port = z.coerce.number().int().min(0).max(65535);
const flag = z.union([
  z.boolean(),
  z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1'),
]);
const milliseconds = z.coerce.number().int().nonnegative();
/** A list, or its items with commas between. */
const list = z.union([
  z.array(z.string().min(1)),
  z.string().transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  ),
]);

const region = z.string().regex(/^[A-Z]{2}$/, 'must be two capital letters, e.g. RU');
/** What stands before a number on its way to or from an outside line. */
const prefixes = list.pipe(z.array(z.string().regex(/^[0-9]{1,8}$/, 'must be 1 to 8 digits')));

function isProxyAddress(text: string): boolean {
  if (/^(loopback|linklocal|uniquelocal)$/.test(text)) return true;
  const [address = '', bits, ...more] = text.split('/');
  const most = isIPv4(address) ? 32 : isIPv6(address) ? 128 : -1;
  return (
    more.length === 0 && most > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  );
}

const pbx = z.strictObject({
  /** Short and stable: it stands in every interaction. */
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,30}$/, 'must be 1 to 31 of a-z, 0-9 and -')
    .default('main'),
  host: z.string().min(1),
  port: port.default(5038),
  tls: flag.default(false),
  /** PEM file of the authority that signed the PBX's certificate. */
  tlsCaFile: z.string().min(1).optional(),
  eventsUser: z.string().min(1),
  eventsSecret: z.string().min(1),
  actionsUser: z.string().min(1),
  actionsSecret: z.string().min(1),
  /** How the names of channels towards the outside begin, e.g. `PJSIP/provider`. Absent: told from the way a call runs. */
  trunks: list.optional(),
  /** Where this PBX's numbers without a country code are at home. Absent: as everywhere. */
  region: region.optional(),
  /** What this PBX puts before numbers. Absent: as everywhere. */
  numberPrefixes: prefixes.optional(),
  /** Trunks that deliver numbers otherwise than the rest, by how their channels' names begin; the first that fits counts. */
  trunkNumbers: z
    .array(
      z.strictObject({
        trunk: z.string().min(1),
        region: region.optional(),
        numberPrefixes: prefixes.optional(),
      }),
    )
    .max(200)
    .optional(),
  /** The longest number that is an extension of this PBX, in digits. Absent: as everywhere. */
  extensionDigits: z.coerce.number().int().min(1).max(8).optional(),
  /** What agents' phones are called: `SIP/15001*`, `PJSIP/99{agent}`. Absent: told by users, queues, hints and endpoints. */
  phones: list.optional(),
  /** The dialplan contexts in which agents' phones dial. Absent: `agentContext`. */
  phoneContexts: list.optional(),
});
export type PbxConfig = z.infer<typeof pbx>;

export const configSchema = z.strictObject({
  host: z.string().min(1).default('127.0.0.1'),
  port: port.default(8080),
  dataDir: z.string().min(1).default('data'),
  /** Absent: the embedded store in `dataDir`. */
  mongoUrl: z.string().refine(isMongoUrl, mongoUrlMistake).nullable().default(null),
  /** Where work that may wait is kept when there is much of it, or several servers. Absent: in the database. */
  redisUrl: z.string().refine(isRedisUrl, redisUrlMistake).nullable().default(null),
  /** Absent: made at the first start and kept in `dataDir`. */
  sessionSecret: z.string().min(16, 'must have at least 16 characters').nullable().default(null),
  /**
   * The reverse proxies before us that speak https, by address or network: cookies are then `secure`, and the client's address is the proxy's
   * word. `true` stands for any proxy on this machine or in a private network.
   */
  trustProxy: z
    .union([flag.transform((on) => (on ? ['loopback', 'uniquelocal'] : [])), list])
    .refine(
      (proxies) => proxies.every(isProxyAddress),
      'must be true, false, or addresses and networks, e.g. 10.0.0.5 or 10.0.0.0/24',
    )
    .prefault(false),
  metricsToken: z.string().min(8).nullable().default(null),
  logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  logPersonal: flag.default(false),
  /** Where a number without a country code is at home. */
  region: region.default('RU'),
  /** What PBXs put before numbers, dialled or delivered. Absent: `outboundPrefix`. */
  numberPrefixes: prefixes.optional(),
  /** Callers who hang up within this wait count as short-abandoned (metric S). */
  shortAbandonMs: milliseconds.default(5000),
  /** The longest number that is an extension of our own, in digits. */
  extensionDigits: z.coerce.number().int().min(1).max(8).default(5),
  /** The wrap-up ends by itself after this time; 0 means no limit. */
  wrapUpLimitMs: milliseconds.default(60_000),
  /** Dialled before an outside number, and the context where agents' phones dial. */
  outboundPrefix: z
    .string()
    .regex(/^[0-9*#]{0,4}$/)
    .default('9'),
  agentContext: z.string().min(1).default('from-agents'),
  /** The extension that leads into each queue, for transfers: `sales=2000,support=2001`. */
  queueExtensions: z.record(z.string(), z.string().regex(/^[0-9*#]{1,20}$/)).default({}),
  /** What may be dialled abroad, by how it begins: `+375,+49`, or `all`. Numbers of the own region, extensions and queues always may. */
  dialAbroad: list.prefault(''),
  /** What supervisors, managers and administrators may dial beside that. */
  dialAbroadForSupervisors: list.prefault(''),
  /** Codes with * or # that may be dialled from the page, e.g. `*8`. */
  dialCodes: list.prefault(''),
  journalDays: z.coerce.number().min(1).max(365).default(14),
  pbx: z.array(pbx).max(50).default([]),
  simulator: z
    .strictObject({
      seed: z.coerce.number().int().default(1),
      /** Calls per second; absent: a small company's day. */
      rate: z.coerce.number().positive().max(200).nullable().default(null),
      agents: z.coerce.number().int().min(1).max(2000).default(8),
    })
    .prefault({}),
});
export type Config = z.infer<typeof configSchema>;

/** Environment variable → path in the configuration. One PBX can be set this way; several stand in the file. */
export const environment: Readonly<Record<string, readonly (string | number)[]>> = {
  HOST: ['host'],
  PORT: ['port'],
  DATA_DIR: ['dataDir'],
  MONGODB_URL: ['mongoUrl'],
  REDIS_URL: ['redisUrl'],
  SESSION_SECRET: ['sessionSecret'],
  TRUST_PROXY: ['trustProxy'],
  METRICS_TOKEN: ['metricsToken'],
  LOG_LEVEL: ['logLevel'],
  LOG_PERSONAL: ['logPersonal'],
  REGION: ['region'],
  NUMBER_PREFIXES: ['numberPrefixes'],
  SHORT_ABANDON_MS: ['shortAbandonMs'],
  EXTENSION_DIGITS: ['extensionDigits'],
  WRAP_UP_LIMIT_MS: ['wrapUpLimitMs'],
  OUTBOUND_PREFIX: ['outboundPrefix'],
  AGENT_CONTEXT: ['agentContext'],
  QUEUE_EXTENSIONS: ['queueExtensions'],
  DIAL_ABROAD: ['dialAbroad'],
  DIAL_ABROAD_FOR_SUPERVISORS: ['dialAbroadForSupervisors'],
  DIAL_CODES: ['dialCodes'],
  JOURNAL_DAYS: ['journalDays'],
  PBX_NAME: ['pbx', 0, 'name'],
  PBX_HOST: ['pbx', 0, 'host'],
  PBX_PORT: ['pbx', 0, 'port'],
  PBX_TLS: ['pbx', 0, 'tls'],
  PBX_TLS_CA_FILE: ['pbx', 0, 'tlsCaFile'],
  PBX_EVENTS_USER: ['pbx', 0, 'eventsUser'],
  PBX_EVENTS_SECRET: ['pbx', 0, 'eventsSecret'],
  PBX_ACTIONS_USER: ['pbx', 0, 'actionsUser'],
  PBX_ACTIONS_SECRET: ['pbx', 0, 'actionsSecret'],
  PBX_TRUNKS: ['pbx', 0, 'trunks'],
  PBX_PHONES: ['pbx', 0, 'phones'],
  PBX_PHONE_CONTEXTS: ['pbx', 0, 'phoneContexts'],
  SIMULATOR_SEED: ['simulator', 'seed'],
  SIMULATOR_RATE: ['simulator', 'rate'],
  SIMULATOR_AGENTS: ['simulator', 'agents'],
};
