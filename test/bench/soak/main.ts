import { join } from 'node:path';
import { agentsFor } from '../../../server/stand-ins/asterisk-simulator/index.ts';
import { eventually } from '../../house/eventually.ts';
import { openHouse } from '../../house/house.ts';
import { type AgentAtWork, logInAll, putToWork } from '../load/agent.ts';
import { settle, withStore } from '../load/people.ts';
import { type Load, pbxSettings, startSimulatorProcess } from '../load/simulator.ts';
import { childrenOf, cpuSeconds, machineLoad, pause, rssMb, serverSettings } from '../machine.ts';
import { numberOptions } from '../options.ts';
import { eventsReceived, keptMb, type Sample, slopePerMinute } from './figures.ts';

/**
 * Many events for a long time: whether all arrive, what they cost, and whether memory stays. The PBX (simulated), the server and its store are
 * processes of their own; some agents are connected and fill in their forms.
 * The last line is JSON: {"events":…,"perSecond":…,"lost":…,"cpu":…,"rssStartMb":…,"rssEndMb":…,"heapStartMb":…,"heapEndMb":…}.
 */
const agents = 400;
const connected = 50;
/** What one call in this house brings along, desks and their pauses included. */
const eventsPerCall = 40;
const warmUpMs = 20_000;
const sampleMs = 30_000;

async function main(): Promise<void> {
  const { minutes, rate } = numberOptions({ minutes: 3, rate: 2000 });
  // Who is not connected fills in no form: the limit ends it.
  const settings = serverSettings();
  const collector = `--require ${join(import.meta.dirname, 'collect.cjs')}`;
  const house = await openHouse({
    ...settings,
    WRAP_UP_LIMIT_MS: '1000',
    NODE_OPTIONS: [settings['NODE_OPTIONS'] ?? '', collector].join(' ').trim(),
  });
  try {
    const load: Load = {
      seed: 1,
      rate: rate / eventsPerCall,
      agents,
      customerSeeds: 20,
      username: 'bench',
      secret: 'bench',
    };
    console.log(`About ${rate} events/s for ${minutes} min, ${agents} agents; ${machineLoad()}`);
    await settle(house.env, load);
    console.log('The agents and the customers are in the database');
    const simulator = await startSimulatorProcess(load);
    house.atEnd(() => simulator.stop());
    Object.assign(house.env, pbxSettings(simulator.port, load));
    const server = await house.start();
    const { pid } = server.program;

    const logins = agentsFor(agents).slice(0, connected);
    const failures = new Map<string, number>();
    const sessions = await logInAll(
      server.url,
      logins.map(({ login }) => login),
    );
    const working: AgentAtWork[] = sessions.map((session) =>
      putToWork({
        session,
        writesMs: 500,
        onFailure: (what) => failures.set(what, (failures.get(what) ?? 0) + 1),
      }),
    );
    house.atEnd(() => {
      for (const agent of working) agent.leave();
    });
    await Promise.all(working.map(({ ready }) => ready));
    console.log(`${connected} agents are connected; warming up`);
    await pause(warmUpMs);

    const [store] = childrenOf(pid);
    const eventsBefore = await eventsReceived(server);
    const cpuBefore = { server: cpuSeconds(pid), store: store === undefined ? 0 : cpuSeconds(store) };
    const startedAt = performance.now();
    const minutesSince = () => (performance.now() - startedAt) / 60_000;
    const kept: Sample[] = [{ minute: 0, mb: await keptMb(server) }];
    const rssStartMb = rssMb(pid);
    console.log(`Measuring; ${rssStartMb} MB; ${machineLoad()}`);
    for (let last = { events: eventsBefore, minute: 0 }; minutesSince() < minutes; ) {
      await pause(sampleMs);
      const mb = await keptMb(server);
      const [minute, events] = [minutesSince(), await eventsReceived(server)];
      kept.push({ minute, mb });
      const perSecond = (events - last.events) / (minute - last.minute) / 60;
      const waits = store === undefined ? '' : `, store ${rssMb(store)} MB`;
      console.log(
        `${minute.toFixed(1)} min: ${Math.round(perSecond)} events/s, server ${rssMb(pid)} MB, of it heap kept ${mb.toFixed(1)} MB${waits}`,
      );
      last = { events, minute };
    }
    const seconds = (performance.now() - startedAt) / 1000;
    const events = (await eventsReceived(server)) - eventsBefore;
    const cpu = (cpuSeconds(pid) - cpuBefore.server) / seconds;
    const storeCpu = store === undefined ? 0 : (cpuSeconds(store) - cpuBefore.store) / seconds;
    const rssEndMb = rssMb(pid);
    const half = kept.filter(({ minute }) => minute >= minutes / 2);
    console.log(
      `CPU in cores: server ${cpu.toFixed(2)}, store ${storeCpu.toFixed(2)}; what the heap keeps grew by ${slopePerMinute(half).toFixed(2)} MB/min in the second half; ${machineLoad()}`,
    );

    simulator.endCalls();
    await eventually('the end of all calls', async () =>
      (await simulator.stats()).channels === 0 ? true : null,
    );
    for (const agent of working) agent.leave();
    const { written } = await eventually('the same events on both sides', async () => {
      const stats = await simulator.stats();
      return stats.written === (await eventsReceived(server)) ? stats : null;
    }).catch(() => simulator.stats());
    const eventsLost = written - (await eventsReceived(server));
    const ended = await simulator.calls();
    await server.stop();
    const recorded = await withStore(house.env, async (opened) => {
      const interactions = opened.collection<{ _id: string }>('interactions');
      const found = await interactions
        .find({ 'record.pbx': 'main' })
        .project<{ _id: string }>({ _id: 1 })
        .toArray();
      return new Set(found.map(({ _id }) => _id));
    });
    const notThere = ended.filter(({ uniqueid }) => !recorded.delete(uniqueid));
    const callsLost = notThere.filter(({ heard }) => heard).map(({ uniqueid }) => uniqueid);
    console.log(
      `Events: ${written} written, ${eventsLost} of them lost. Calls: ${ended.length} ended, ${callsLost.length} not in the database ${callsLost.slice(0, 5)}`,
    );
    if (recorded.size > 0)
      console.log(`In the database and no call from outside: ${[...recorded].slice(0, 5)}`);
    for (const [what, times] of failures) console.log(`Failed ${times} times: ${what}`);
    const result = {
      events,
      perSecond: Math.round(events / seconds),
      lost: eventsLost + callsLost.length + recorded.size,
      cpu: Math.round(cpu * 1000) / 1000,
      rssStartMb,
      rssEndMb,
      heapStartMb: kept[0]?.mb,
      heapEndMb: kept.at(-1)?.mb,
    };
    console.log(JSON.stringify(result));
  } finally {
    await house.close();
  }
}

await main();
