import { join } from 'node:path';
import { devicesOf, type User } from '@ringdesk/shared/user';
import type { Registry } from 'prom-client';
import type { Config } from './config/index.ts';
import { createCustomers, customerJobs, customerRoutes } from './features/customers/index.ts';
import { createDesk, createDialling, createDraftStore, deskSettings } from './features/desk/index.ts';
import {
  createCustomerCorrection,
  createInteractions,
  interactionRoutes,
  maySee,
} from './features/interactions/index.ts';
import { createNotifications, notificationsName } from './features/notifications/index.ts';
import { createTasks, taskSources } from './features/tasks/index.ts';
import { createUsers, loginRoutes, obey, organisationSources, staffRoutes } from './features/users/index.ts';
import { health } from './health.ts';
import { auditConsumer, auditRoutes, createAudit } from './platform/audit/index.ts';
import { createSessions, may } from './platform/auth/index.ts';
import { EventLog } from './platform/events/index.ts';
import { createHttp, fromProxy } from './platform/http/index.ts';
import { jobRoutes, openJobs } from './platform/jobs/index.ts';
import { createReading } from './platform/limits/reading.ts';
import { createBrowsing } from './platform/limits/turns.ts';
import { announceChanges, createLive, type Live, Topics } from './platform/live/index.ts';
import type { Log } from './platform/log.ts';
import { createMetrics } from './platform/metrics.ts';
import { CannotStart } from './platform/process/cannot-start.ts';
import { takeDataDir } from './platform/process/data-dir.ts';
import { listen } from './platform/process/listen.ts';
import { openDoor } from './platform/process/operator-door.ts';
import { sessionSecret } from './platform/process/secret.ts';
import { type Phase, stopInOrder } from './platform/process/shutdown.ts';
import { weaknesses } from './platform/process/weaknesses.ts';
import { demoServes } from './platform/process/whose-house.ts';
import { openStore } from './platform/store/index.ts';
import type { DemoHouse, DemoOptions } from './stand-ins/demo-company/index.ts';
import { type Calls, createCalls } from './telephony/calls-service.ts';
import { type Control, createControl } from './telephony/control/index.ts';
import { createNumberReaders } from './telephony/link/index.ts';

export interface Running {
  /** Where the page is, e.g. `http://127.0.0.1:8080`. */
  url: string;
  demoUsers: DemoHouse['users'];
  metrics: Registry;
  /** Stops in order; a part that hangs is left behind after its time. */
  stop(): Promise<void>;
}

/**
 * Builds the parts and starts them in order: database, calls as the journal left them, desks, web, and last the links to the PBXs.
 * @throws CannotStart, or whatever else kept a part from starting; all that was begun is stopped by then
 */
export async function start(
  config: Config,
  { log, staticDir }: { log: Log; staticDir: string },
): Promise<Running> {
  const begun: Phase[] = [];
  try {
    return await startParts(config, { log, staticDir, begun });
  } catch (error) {
    // What was begun would keep a process alive that serves nobody.
    await stopInOrder(begun, log);
    throw error;
  }
}

/** @param begun is given what has to be stopped, the last first, as soon as there is something to stop */
async function startParts(
  config: Config,
  { log, staticDir, begun }: { log: Log; staticDir: string; begun: Phase[] },
): Promise<Running> {
  const freeDataDir = takeDataDir(config.dataDir);
  begun.unshift({ name: 'the data directory', limitMs: 1000, run: freeDataDir });
  const isDemo = demoServes(config);
  warnOfWeakness(config, log);
  const metrics = createMetrics();
  const store = await openStore({
    mongoUrl: config.mongoUrl,
    dataDir: config.dataDir,
    log,
    metrics,
  }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new CannotStart(`The database cannot be opened: ${why}`, { cause: error });
  });
  begun.unshift({ name: 'the database', limitMs: 8000, run: store.close });
  const jobs = await openJobs({ redisUrl: config.redisUrl, store, log });
  begun.unshift({ name: 'the jobs', limitMs: 6000, run: () => jobs.stop() });
  const users = createUsers({ store });
  const numberAt = createNumberReaders(config);
  const numberTyped = (text: string) => numberAt(text, null);
  const customers = createCustomers({ store, region: config.region, numberTyped, log });
  customerJobs({ store, jobs });
  const interactions = createInteractions({
    store,
    agentNames: users.agentNames,
    actorOf: users.actorOf,
    toE164: numberAt,
  });
  await store.prepared();
  const demo = isDemo ? await simulated({ config, users, customers, interactions, log }) : null;
  begun.unshift({ name: 'the simulator', limitMs: 2000, run: () => demo?.stop() });

  const queueExtensions = demo === null ? config.queueExtensions : demo.queueExtensions;

  const secret = config.sessionSecret ?? sessionSecret(config.dataDir);
  const sessions = createSessions({
    store,
    secret,
    findUser: users.find,
    https: config.trustProxy.length > 0,
  });
  const { audit, stop: stopAudit } = createAudit({
    store,
    log,
    nameOf: async (id) => (await users.find(id))?.name ?? null,
  });
  // The desk and the calls tell each other things; so do the desk and the live link. Each is asked only after all are built.
  let calls: Calls | null = null;
  let live: Live | null = null;
  const controls = new Map<string, Control>();

  const agents = async () =>
    (await users.list()).flatMap((user) =>
      user.agent === null || user.disabled
        ? []
        : [{ id: user.agent, name: user.name, devices: devicesOf(user) }],
    );

  const desk = createDesk({
    agents,
    customers,
    interactions,
    drafts: createDraftStore(store),
    control: (pbx) => controls.get(pbx) ?? null,
    dialling: createDialling({
      rules: {
        outboundPrefix: config.outboundPrefix,
        // Which PBX it will go through is not known yet: what is an extension on one of them is dialled inside.
        extensionDigits: Math.max(
          config.extensionDigits,
          ...config.pbx.map((pbx) => pbx.extensionDigits ?? 0),
        ),
        queueExtensions,
        region: config.region,
        abroad: config.dialAbroad,
        abroadForSupervisors: config.dialAbroadForSupervisors,
        codes: config.dialCodes,
      },
      audit,
    }),
    push: (agent, view) => live?.pushDesk(agent, view),
    outboxFile: join(config.dataDir, 'outbox.jsonl'),
    settings: deskSettings({
      wrapUpLimitMs: config.wrapUpLimitMs === 0 ? null : config.wrapUpLimitMs,
      defaultRegion: config.region,
      embeddedStore: store.embedded,
      simulated: demo !== null,
    }),
    transferQueues: Object.keys(queueExtensions),
    log,
    metrics,
  });
  const events = new EventLog({
    store,
    sources: [
      'customers',
      'interactions',
      'users',
      notificationsName,
      ...taskSources,
      ...organisationSources,
    ],
    log,
  });
  const notifications = createNotifications({ store });
  const tasks = createTasks({
    store,
    jobs,
    notifications,
    nameOf: async (id) => (await users.find(id))?.name ?? null,
  });
  const topics = new Topics({ log });
  announceChanges(events, topics);
  events.consume(auditConsumer(store));
  events.consume({
    name: 'open-desks',
    place: 'process',
    entities: ['customer'],
    async run({ entity }) {
      const changed = await customers.get(entity.id);
      if (changed !== null) desk.onCustomerChanged(changed);
    },
  });

  calls = await createCalls({
    config,
    pbxs: demo === null ? config.pbx : [demo.pbx],
    write: interactions.write,
    onEvent: desk.onCallEvent,
    customerOf: desk.customerOf,
    agents,
    onLink: (pbx, state) =>
      desk.onLink(
        state.kind === 'up'
          ? { pbx, state: 'up', message: null, restarted: state.restarted, warning: state.warning }
          : { pbx, state: 'down', message: state.message, restarted: false },
      ),
    log,
    metrics,
  });
  begun.unshift({
    name: 'the links to the PBXs and the records',
    limitMs: 9000,
    run: () => calls?.stop(),
  });
  for (const [name, link] of calls.links) {
    controls.set(
      name,
      createControl({
        actions: link,
        settings: {
          agentContext: config.agentContext,
          outboundPrefix: config.outboundPrefix,
          extensionDigits:
            config.pbx.find((pbx) => pbx.name === name)?.extensionDigits ?? config.extensionDigits,
          queueExtensions,
        },
      }),
    );
  }

  const browsing = createBrowsing();
  const reading = createReading({
    audit,
    isOnDesk: ({ agent }, person) =>
      agent !== null &&
      (desk.viewOf(agent)?.cards ?? []).some(
        ({ match, number }) => number === person || (match.kind === 'one' && match.customer.id === person),
      ),
  });

  /** Who tries the demo out wants to see a call, not to learn first that calls have to be asked for. */
  function takeDemoCalls({ agent }: User): void {
    if (agent !== null)
      desk
        .takeCalls(agent)
        .catch((error: unknown) => log.warn({ err: error }, 'A demo agent could not be made available'));
  }

  const correctCustomer = createCustomerCorrection({
    customers,
    setCustomer: interactions.setCustomer,
    onChanged: desk.onCustomerChanged,
  });
  const { server } = createHttp({
    config,
    log,
    metrics,
    sessions,
    routes: [
      ...loginRoutes({
        verify: users.verify,
        setPassword: users.setPassword,
        roleName: users.roleName,
        sessions,
        secret,
        audit,
        log,
        metrics,
        ...(demo === null ? {} : { onLogin: takeDemoCalls }),
      }),
      ...staffRoutes({
        staff: users.staff,
        mayGiveRole: users.mayGiveRole,
        sessions,
        audit,
        phones: () =>
          (calls?.listPhones() ?? []).flatMap(({ pbx, devices }) =>
            devices.map((device) => ({ pbx, ...device })),
          ),
      }),
      ...users.organisation,
      ...customerRoutes({ customers, reading, browsing, timeline: interactions.timeline }),
      ...interactionRoutes({ interactions, reading, browsing, correctCustomer }),
      ...desk.routes,
      ...jobRoutes({ jobs }),
      ...notifications.routes,
      ...tasks.routes,
      ...auditRoutes({
        store,
        readers: {
          customer: (user, id) => {
            if (!may(user, 'customers.read')) return false;
            reading.open({ user, from: null }, id);
            return true;
          },
          interaction: async (user, id) => {
            const found = await interactions.get(id);
            return found !== null && maySee(user, found, reading);
          },
          user: (user) => may(user, 'users.read'),
          task: tasks.maySee,
        },
      }),
    ],
    onChange: () => events.nudge(),
    staticDir,
    localNamesOnly: isDemo,
    health: () => health(store, calls),
    welcome: () => ({
      simulated: demo !== null,
      embeddedStore: store.embedded,
      demoUsers: demo?.users ?? [],
    }),
  });
  live = createLive({
    httpServer: server,
    sessionMiddleware: sessions.middleware,
    userOf: sessions.userOf,
    endedAmong: sessions.endedAmong,
    viewOf: desk.viewOf,
    topics,
    onPresence: desk.onPresence,
    isProxy: fromProxy(config.trustProxy),
    log,
    metrics,
  });
  sessions.onEnded(({ sessionId }) => live?.bye({ sessionId }));

  const closeDoor = await openDoor({
    dataDir: config.dataDir,
    handle: (command) => obey(users, command),
    log,
  });

  begun.splice(
    0,
    begun.length,
    { name: 'the door of the operator', limitMs: 1000, run: closeDoor },
    { name: 'the live topics', limitMs: 1000, run: () => topics.close() },
    { name: 'the live links', limitMs: 1000, run: () => live?.close() },
    { name: 'the web server', limitMs: 3000, run: () => closeServer(server) },
    { name: 'the links to the PBXs and the records', limitMs: 9000, run: () => calls?.stop() },
    { name: 'the jobs', limitMs: 6000, run: () => jobs.stop() },
    { name: 'the event log', limitMs: 3000, run: () => events.stop() },
    { name: 'the desks', limitMs: 3000, run: desk.stop },
    { name: 'the audit', limitMs: 2000, run: stopAudit },
    { name: 'the simulator', limitMs: 2000, run: () => demo?.stop() },
    { name: 'the database', limitMs: 8000, run: store.close },
    { name: 'the data directory', limitMs: 1000, run: freeDataDir },
  );
  await desk.start();
  events.start();
  await jobs.start();
  const port = await listen(server, config.host, config.port);
  await calls.start();
  const shown = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host;
  return {
    url: `http://${shown}:${port}`,
    demoUsers: demo?.users ?? [],
    metrics,
    stop: () => stopInOrder(begun, log),
  };
}

/** Said at each start, since nobody reads the manual a second time. */
function warnOfWeakness(config: Config, log: Log): void {
  for (const { what, hint } of weaknesses(config)) log.warn(`${what}. ${hint}`);
}

/** Loaded only where it serves: a house with a PBX of its own needs no simulator. */
async function simulated(options: DemoOptions): Promise<DemoHouse> {
  const { startDemo } = await import('./stand-ins/demo-company/index.ts');
  return startDemo(options);
}

function closeServer(server: ReturnType<typeof createHttp>['server']): Promise<void> {
  return new Promise((resolve) => {
    // A browser keeps its connection after the answer: it is idle then, and would be waited for.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearInterval(sweep);
      resolve();
    });
  });
}
