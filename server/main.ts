import type { Registry } from 'prom-client';
import type { Config } from './config/index.ts';
import { agentsAmong, earsOf } from './features/desk/index.ts';
import { createFeatures } from './features/index.ts';
import { createUsers, obey } from './features/users/index.ts';
import type { Live } from './platform/live/index.ts';
import type { Log } from './platform/log.ts';
import { type Begin, openGround, openPlatform } from './platform/platform.ts';
import { takeDataDir } from './platform/process/data-dir.ts';
import { listen } from './platform/process/listen.ts';
import { openDoor } from './platform/process/operator-door.ts';
import { type Phase, stopInOrder } from './platform/process/shutdown.ts';
import { weaknesses } from './platform/process/weaknesses.ts';
import { demoServes } from './platform/process/whose-house.ts';
import type { DemoHouse } from './stand-ins/demo-company/index.ts';
import { Telephony } from './telephony/telephony.ts';
import { openWeb } from './web.ts';

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
  const stop = () => stopInOrder(begun, log);
  try {
    const started = await startParts(config, { log, staticDir, begin: (phase) => begun.unshift(phase) });
    return { ...started, stop };
  } catch (error) {
    // What was begun would keep a process alive that serves nobody.
    await stop();
    throw error;
  }
}

async function startParts(
  settings: Config,
  { log, staticDir, begin }: { log: Log; staticDir: string; begin: Begin },
): Promise<Omit<Running, 'stop'>> {
  // Before anything is read or written there: nobody else has it.
  begin({ name: 'the data directory', limitMs: 1000, run: takeDataDir(settings.dataDir) });
  const simulated = demoServes(settings);
  // Said at each start, since nobody reads the manual a second time.
  for (const { what, hint } of weaknesses(settings)) log.warn(`${what}. ${hint}`);
  // Loaded only where it serves: a house with a PBX of its own needs no simulator.
  const company = simulated ? await import('./stand-ins/demo-company/index.ts') : null;
  const config = company === null ? settings : { ...settings, queueExtensions: company.queueExtensions };

  const ground = await openGround({ config, log, begin });
  const users = createUsers(ground);
  const platform = await openPlatform(ground, users.find);
  const telephony = new Telephony(platform);
  // The desk and the live link tell each other things; nothing is told before both are there.
  let live: Live | null = null;
  const features = createFeatures({
    platform,
    users,
    telephony,
    simulated,
    push: (agent, view) => live?.pushDesk(agent, view),
  });
  const { list, desk, interactions } = features;
  for (const { sources = [], consumers = [], stop } of list) {
    platform.events.takeFrom(sources);
    for (const consumer of consumers) platform.events.consume(consumer);
    if (stop !== undefined) begin({ name: 'a feature', limitMs: 3000, run: stop });
  }
  await platform.store.prepared();
  const demo = (await company?.startDemo({ ...platform, ...features, users })) ?? null;
  begin({ name: 'the simulator', limitMs: 2000, run: () => demo?.stop() });

  begin({ name: 'the links to the PBXs and the records', limitMs: 9000, run: () => telephony.stop() });
  await telephony.open({
    pbxs: demo === null ? config.pbx : [demo.pbx],
    write: interactions.write,
    agents: () => agentsAmong(users),
    ...earsOf(desk),
  });
  const demoUsers = demo?.users ?? [];
  const web = openWeb({
    platform,
    features: list,
    desk,
    staticDir,
    localNamesOnly: simulated,
    health: () => ({ store: { state: platform.store.state(), needed: false }, ...telephony.health() }),
    welcome: () => ({ simulated, embeddedStore: platform.store.embedded, demoUsers }),
  });
  live = web.live;
  const handle = async (asked: unknown) => features.statistics.obey(asked) ?? obey(users, asked);
  const closeDoor = await openDoor({ ...platform, ...config, handle });
  begin({ name: 'the door of the operator', limitMs: 1000, run: closeDoor });

  for (const feature of list) await feature.start?.();
  platform.events.start();
  await platform.jobs.start();
  const port = await listen(web.server, config.host, config.port);
  await telephony.start();
  const shown = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host;
  return { url: `http://${shown}:${port}`, demoUsers, metrics: platform.metrics };
}
