import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallEvent } from '@ringdesk/shared/call-events';
import type { Customer, Identification } from '@ringdesk/shared/customer';
import type { DeskView } from '@ringdesk/shared/desk';
import type { InteractionSummary } from '@ringdesk/shared/interaction';
import type { User } from '@ringdesk/shared/user';
import { Registry } from 'prom-client';
import { Refusal } from '../../../platform/errors.ts';
import { createLog } from '../../../platform/log.ts';
import type { Control } from '../../../telephony/control/index.ts';
import { choicesOf, defaultSettings } from '../../settings/index.ts';
import { createDesk, type DeskDeps, type WrapUpRecord } from '../index.ts';
import { ms } from './call.ts';
import { aClock } from './clock.ts';
import { threeAgents } from './desks.ts';

/** A database that keeps what it is given, and can be taken away. */
export function aDatabase() {
  let away = false;
  const customers = new Map<string, Customer>();
  const picks = new Map<string, string>();
  const wrapUps = new Map<string, WrapUpRecord>();
  const customerOf = new Map<string, string>();
  const drafts = new Map<string, unknown>();
  let timeline: InteractionSummary[] = [];
  let answersHeld: (() => void)[] | null = null;

  async function reach(): Promise<void> {
    const held = answersHeld;
    if (held !== null) await new Promise<void>((resolve) => held.push(resolve));
    if (away) throw new Refusal('store-unavailable', 'The database is away.');
  }

  return {
    customers,
    picks,
    wrapUps,
    customerOf,
    drafts,
    setAway: (is: boolean) => {
      away = is;
    },
    setTimeline: (is: InteractionSummary[]) => {
      timeline = is;
    },
    /** Answers do not come until `release`. */
    hold: () => {
      answersHeld = [];
    },
    release: () => {
      const held = answersHeld ?? [];
      answersHeld = null;
      for (const answer of held) answer();
    },
    deps: {
      agents: async () => {
        await reach();
        return threeAgents;
      },
      customers: customersOf(customers, picks, reach),
      interactions: {
        async recent() {
          await reach();
          return timeline;
        },
        async timeline({ limit }: { limit: number }) {
          await reach();
          const rest = timeline.length > limit;
          return {
            interactions: timeline.slice(0, limit),
            total: timeline.length,
            next: rest ? `after ${limit}` : null,
          };
        },
        async answered() {
          await reach();
          const [last] = timeline;
          return last === undefined ? null : { contacts: timeline.length, last };
        },
        async saveWrapUps(records: readonly WrapUpRecord[]) {
          await reach();
          for (const record of records) wrapUps.set(`${record.interactionId} ${record.leg}`, record);
        },
        async setCustomer(interactionId: string, customerId: string | null) {
          await reach();
          if (customerId === null) customerOf.delete(interactionId);
          else customerOf.set(interactionId, customerId);
        },
      },
      drafts: {
        async load() {
          await reach();
          return [...drafts.values()];
        },
        async save(records: readonly { id: string }[]) {
          await reach();
          for (const record of records) drafts.set(record.id, JSON.parse(JSON.stringify(record)));
        },
      },
    } satisfies Partial<DeskDeps>,
  };
}

/** What the desk asks of customers. @param reach resolves when the database answers, and rejects while it is away */
function customersOf(
  customers: Map<string, Customer>,
  picks: Map<string, string>,
  reach: () => Promise<void>,
) {
  return {
    async identify(number: string | null): Promise<Identification> {
      await reach();
      const found = [...customers.values()].filter((c) => c.phones.some((p) => p.number === number));
      const [first] = found;
      if (first === undefined) return { kind: 'none' };
      if (found.length === 1) return { kind: 'one', customer: first };
      return { kind: 'several', candidates: found, learned: picks.get(number ?? '') ?? null };
    },
    async get(id: string) {
      await reach();
      return customers.get(id) ?? null;
    },
    async addPhone(id: string, number: string) {
      await reach();
      const customer = customers.get(id);
      if (customer === undefined || customer.phones.some((phone) => phone.number === number)) return false;
      const phones = [...customer.phones, { number, raw: number, label: null }];
      customers.set(id, { ...customer, phones });
      return true;
    },
    async removePhone(id: string, number: string) {
      await reach();
      const customer = customers.get(id);
      if (customer === undefined) return;
      customers.set(id, { ...customer, phones: customer.phones.filter((p) => p.number !== number) });
    },
    async learnPick(pick: { number: string; customerId: string | null }) {
      await reach();
      if (pick.customerId === null) picks.delete(pick.number);
      else picks.set(pick.number, pick.customerId);
    },
  };
}

/** A PBX that notes what is asked of it, and refuses when it is told to. */
function aPbx() {
  const asked: string[] = [];
  let refusal: Refusal | null = null;
  async function note(what: string): Promise<void> {
    asked.push(what);
    if (refusal !== null) throw refusal;
  }
  const control: Control = {
    async dial({ device, agent, number }) {
      await note(`dial ${device} ${agent} ${number}`);
      return 'ringdesk-1.1';
    },
    hangUp: (channel) => note(`hang up ${channel}`),
    blindTransfer: (channel, to) => note(`blind ${channel} ${to}`),
    attendedTransfer: (channel, to) => note(`attended ${channel} ${to}`),
    completeAttended: (channel) => note(`complete ${channel}`),
    cancelAttended: (channel) => note(`cancel ${channel}`),
    pause: (device, paused, reason, queue = null) =>
      note(`${paused ? 'pause' : 'unpause'} ${device} ${queue ?? 'all'} ${reason}`.trimEnd()),
  };
  return {
    control,
    /** What was asked since the last time. */
    asked: () => asked.splice(0),
    refuse: (with_: Refusal | null) => {
      refusal = with_;
    },
  };
}

const settings = {
  ...defaultSettings({ wrapUpLimitMs: 60_000, shortAbandonMs: 5000 }),
  queues: new Map(),
};

/** The whole desk on a database and a PBX that behave, with a clock that the test moves. The directory stands for the data directory. */
export function aDesk(options: { dir?: string; database?: ReturnType<typeof aDatabase> } = {}) {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'ringdesk-desk-'));
  const database = options.database ?? aDatabase();
  const pbx = aPbx();
  const clock = aClock(ms(0));
  const pushed: { agent: string; view: DeskView }[] = [];
  const users = new Map<string, User>();
  const metrics = new Registry();
  const opened: string[] = [];
  let mayNotOpen: Refusal | null = null;
  const desk = createDesk({
    ...database.deps,
    control: (name) => (name === 'main' ? pbx.control : null),
    dialling: { run: (_order, work) => work() },
    openPerson(_reader, person) {
      if (mayNotOpen !== null) throw mayNotOpen;
      opened.push(person);
    },
    push: (agent, view) => pushed.push({ agent, view: structuredClone(view) }),
    outboxFile: join(dir, 'outbox', 'desk.jsonl'),
    choices: () => choicesOf(settings, { defaultRegion: 'RU', embeddedStore: false, simulated: false }),
    wrapUpLimits: () => ({ other: 60_000, queues: new Map() }),
    transferQueues: ['sales', 'support'],
    log: createLog({ level: 'silent', showPersonal: false }),
    metrics,
    now: clock.now,
    elapsed: clock.elapsed,
    setTimer: clock.setTimer,
  });
  return {
    dir,
    database,
    pbx,
    clock,
    users,
    desk,
    metrics,
    /** Whom agents looked at. */
    opened,
    refuseToOpen: (why: Refusal) => {
      mayNotOpen = why;
    },
    linkUp: () => desk.onLink({ pbx: 'main', state: 'up', message: null, restarted: false }),
    /** Events in order, each at its own time; everybody sits at the desk. */
    say(...events: CallEvent[]) {
      for (const agent of ['1001', '1002', '1003']) desk.onPresence(agent, true);
      for (const event of events) {
        clock.pass(Math.max(0, Date.parse(event.at) - clock.now()));
        desk.onCallEvent(event, 'main');
      }
    },
    /** What was pushed since the last time. */
    pushed: () => pushed.splice(0),
    cards(agent: string) {
      return desk.viewOf(agent)?.cards ?? [];
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** Lets everything happen that waits for nothing but its turn; a bounded number of turns, so that it ends. */
export async function turns(): Promise<void> {
  for (let n = 0; n < 50; n += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Waits until it is so, looking once per turn of the event loop; gives up after `limitMs`. */
export async function until(isSo: () => boolean, limitMs = 20_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!isSo()) {
    if (performance.now() > end) throw new Error('it did not become so in time');
    await new Promise((resolve) => setImmediate(resolve));
  }
}
