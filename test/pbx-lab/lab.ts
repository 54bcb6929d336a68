import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { type AmiProbe, openProbe } from './ami-probe.ts';
import { type Ari, openAri } from './ari.ts';
import { startAsterisk } from './asterisk.ts';
import { labLacks } from './available.ts';
import { type DeskPhone, openDeskPhone } from './desk-phone.ts';
import { reservePorts } from './ports.ts';
import { openSipClient } from './sip-client.ts';
import { createSipp, type RunSipp, type Sipp, type SippOptions } from './sipp.ts';
import type { TemplateValues } from './sipp-template.ts';

/** The agents' phones of docs/asterisk/pjsip.conf: 1001-1003 sales, 1004 and 1005 support, 1006-1008 complaints. */
export const agentNumbers = ['1001', '1002', '1003', '1004', '1005', '1006', '1007', '1008'] as const;

export type PhoneBehaviour =
  | 'agent'
  | 'agent-accepts'
  | 'agent-busy'
  | 'agent-hold'
  | 'agent-noanswer'
  | 'agent-refer';
export type CallerBehaviour = 'caller' | 'caller-cancel' | 'caller-dtmf';

/** A real Asterisk on loopback with its phones and callers. Everything ends with `stop`, or with this process. */
export interface Lab {
  /** The two users of the shipped manager.conf. */
  ami: {
    host: string;
    port: number;
    eventsUser: string;
    eventsSecret: string;
    actionsUser: string;
    actionsSecret: string;
  };
  sipPort: number;
  queueLogFile: string;
  celFile: string;
  recordings: string;
  /** Asterisk's process; changes when it is started again. */
  pid(): number;
  /** A user who may do and see everything, for driving scenarios. `events` as AMI has it: on (default), off, or classes. */
  probe(options?: { events?: string; onBytes?: (chunk: Buffer) => void }): Promise<AmiProbe>;
  /** A Stasis application of this name: what the dialplan gives it, it bridges. */
  stasis(app: string): Promise<Ari>;
  /** Phones of one behaviour, registered for these agents, or by their names in conf/pjsip.d/sites.conf. */
  phones(agents: readonly string[], behaviour?: PhoneBehaviour, values?: TemplateValues): Promise<Sipp>;
  /** Points agents' registrations at a port of `phones`; 0 takes them back. */
  register(agents: readonly string[], port: number): Promise<void>;
  /** One call from outside through the trunk. */
  call(values: TemplateValues, behaviour?: CallerBehaviour, options?: SippOptions): Sipp;
  /** One call placed by an agent's phone. */
  agentCall(agent: string, to: string, talkMs: number): Sipp;
  /** Who answers when agents call out. */
  outside(behaviour?: PhoneBehaviour, values?: TemplateValues): Sipp;
  /** The phones PJSIP/3000-3019 (group 0) to 3080-3099 (group 4): no registration, one behaviour a group. */
  phoneGroup(group: 0 | 1 | 2 | 3 | 4, behaviour?: PhoneBehaviour, values?: TemplateValues): Sipp;
  deskPhone(agent: string, ringMs?: number): Promise<DeskPhone>;
  /** Ends all phones and callers, and takes the agents' registrations back. */
  clear(): Promise<void>;
  sipp: RunSipp;
  cli(command: string): Promise<string>;
  /** SIGKILL, as a power cut. */
  kill(): Promise<void>;
  /** After `kill`, with the same files. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface LabOptions {
  /** Where Asterisk is unpacked and labs live; LAB_ROOT, or ~/.cache/ringdesk-lab. */
  root?: string;
  /** Which loopback addresses to use; agents and AMI on the first, the carrier on the second. */
  host?: string;
  trunk?: string;
}

/** The folder of the lab's files, found from the project's root, where npm starts everything. */
const labFolder = resolve('test/pbx-lab');

/**
 * Starts an Asterisk of its own (about 1 s; the first time on a machine it is unpacked from Debian's archive, about 15 s).
 * @throws Error with the reason where it cannot run, see `labLacks`
 */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const lacks = labLacks();
  if (lacks) throw new Error(lacks);
  const host = options.host ?? '127.0.0.1';
  const trunk = options.trunk ?? '127.0.0.2';
  const root = options.root ?? process.env['LAB_ROOT'] ?? join(homedir(), '.cache/ringdesk-lab');
  const secret = randomBytes(9).toString('hex');
  const ports = await reservePorts(host);
  const directory = join(root, 'labs', `${process.pid}-${ports.ami}`);
  mkdirSync(join(root, 'labs'), { recursive: true });
  const asterisk = await startAsterisk({ labFolder, directory, host, trunk, secret, ports }).catch(
    async (error) => {
      await ports.release();
      throw error;
    },
  );
  const sipp = createSipp({ labFolder, directory: join(directory, 'sipp'), host, ports });
  const account = (user: string) => ({ user, password: secret, host, server: { host, port: ports.sip } });
  const desks: DeskPhone[] = [];
  const registered = new Set<string>();

  const register: Lab['register'] = async (agents, port) => {
    await Promise.all(
      agents.map(async (agent) => {
        const client = await openSipClient(account(agent));
        try {
          await client.register(`sip:${agent}@${host}:${port}`, port === 0 ? 0 : 3600);
          if (port === 0) registered.delete(agent);
          else registered.add(agent);
        } finally {
          client.close();
        }
      }),
    );
  };
  const endPhones = async () => {
    for (const desk of desks.splice(0)) desk.close();
    await sipp.stopAll();
  };
  const logs = join(asterisk.rootfs, 'var/log/asterisk');

  return {
    ami: {
      host,
      port: ports.ami,
      eventsUser: 'ringdesk-events',
      eventsSecret: secret,
      actionsUser: 'ringdesk-actions',
      actionsSecret: secret,
    },
    sipPort: ports.sip,
    queueLogFile: join(logs, 'queue_log'),
    celFile: join(logs, 'cel-custom/Master.csv'),
    recordings: join(asterisk.rootfs, 'var/spool/asterisk/monitor'),
    pid: () => asterisk.pid,
    probe: (probe = {}) => openProbe({ host, port: ports.ami, user: 'lab', secret, ...probe }),
    stasis: (app) => openAri({ host, port: ports.http, user: 'lab', secret, app }),
    phones: async (agents, behaviour = 'agent', values = {}) => {
      const phones = sipp.run(behaviour, values);
      await register(agents, phones.port);
      return phones;
    },
    register,
    call: (values, behaviour = 'caller', more = {}) =>
      sipp.run(behaviour, values, { address: trunk, calls: 1, ...more }),
    agentCall: (agent, to, talkMs) => sipp.run('agent-call', { agent, to, talkMs, secret }, { calls: 1 }),
    outside: (behaviour = 'agent', values = {}) =>
      sipp.run(behaviour, values, { address: trunk, port: ports.outside }),
    phoneGroup: (group, behaviour = 'agent', values = {}) =>
      sipp.run(behaviour, values, { port: ports.load + group }),
    deskPhone: async (agent, ringMs) => {
      const phone = await openDeskPhone(account(agent), ringMs);
      desks.push(phone);
      registered.add(agent);
      return phone;
    },
    clear: async () => {
      await endPhones();
      await register([...registered], 0);
    },
    sipp: sipp.run,
    cli: asterisk.cli,
    kill: asterisk.kill,
    start: asterisk.start,
    stop: async () => {
      await endPhones();
      await asterisk.stop();
      await ports.release();
    },
  };
}

export type { AmiFields, AmiProbe } from './ami-probe.ts';
export type { Ari } from './ari.ts';
export { labLacks } from './available.ts';
export type { DeskPhone } from './desk-phone.ts';
export type { Sipp } from './sipp.ts';
