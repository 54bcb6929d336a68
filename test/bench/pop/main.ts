import { agentsFor } from '../../../server/pbx/simulator/index.ts';
import { openHouse } from '../../house/house.ts';
import { type AgentAtWork, logInAll, putToWork } from '../load/agent.ts';
import { settle } from '../load/people.ts';
import { type Load, pbxSettings, type Ring, startSimulatorProcess } from '../load/simulator.ts';
import { childrenOf, machineLoad, pause, serverSettings, watchCpu } from '../machine.ts';
import { numberOptions } from '../options.ts';
import { percentiles } from '../percentiles.ts';
import { openPage } from './page.ts';
import { latencies, type Shown } from './pops.ts';

/**
 * From the PBX's write of AgentCalled to the card: on the screen of a real browser, and at the sockets of all agents. The PBX (simulated), the
 * server, its store, and the browser are processes of their own; the agents' sockets are in this one.
 * The last line is JSON: {"painted":{"p50":…,"p95":…,"p99":…,"n":…},"socket":{…}}, in ms.
 */
const warmUpMs = 15_000;
/** Cards of the last rings may still be on their way. */
const lateMs = 2000;

async function main(): Promise<void> {
  const { rate, agents, seconds } = numberOptions({ rate: 20, agents: 300, seconds: 60 });
  const seats = agentsFor(agents);
  const watched = seats[1];
  if (watched === undefined) throw new Error('--agents takes 2 or more');
  const house = await openHouse(serverSettings());
  try {
    console.log(`${rate} calls/s, ${agents} agents, ${seconds} s; ${machineLoad()}`);
    const rings: Ring[] = [];
    const load: Load = {
      seed: 1,
      rate,
      agents,
      customerSeeds: 20,
      username: 'bench',
      secret: 'bench',
      busySeat: { device: watched.device, ringMs: 250, talkMs: 300, gapMs: 100 },
    };
    await settle(house.env, load);
    console.log('The agents and the customers are in the database');
    const simulator = await startSimulatorProcess(load, (ring) => rings.push(ring));
    house.atEnd(() => simulator.stop());
    Object.assign(house.env, pbxSettings(simulator.port, load));
    const server = await house.start();

    const sessions = await logInAll(
      server.url,
      seats.map(({ login }) => login),
    );
    const shown: Shown[] = [];
    const failures = new Map<string, number>();
    const working: AgentAtWork[] = sessions.map((session, at) =>
      putToWork({
        session,
        writesMs: seats[at] === watched ? 0 : 1000 + (at % 10) * 150,
        onRing: (ring) => shown.push(ring),
        onFailure: (what) => failures.set(what, (failures.get(what) ?? 0) + 1),
      }),
    );
    house.atEnd(() => {
      for (const agent of working) agent.leave();
    });
    await Promise.all(working.map(({ ready }) => ready));
    const page = await openPage(server.url, watched.login);
    house.atEnd(() => page.close());
    console.log(`${agents} agents are connected, one of them with a browser; warming up`);

    await pause(warmUpMs);
    const from = performance.timeOrigin + performance.now();
    console.log(`Measuring; ${machineLoad()}`);
    const [store] = childrenOf(server.program.pid);
    const cpu = watchCpu({
      server: server.program.pid,
      ...(store === undefined ? {} : { store }),
      simulator: simulator.pid,
      'agents without a browser': process.pid,
    });
    await pause(seconds * 1000);
    const to = performance.timeOrigin + performance.now();
    console.log(`CPU in cores: ${cpu.told()}`);
    await pause(lateMs);

    const onScreen = (await page.painted()).map((card) => ({ ...card, device: watched.device }));
    const measured = { from, to };
    const socket = latencies(rings, shown, measured);
    const painted = latencies(
      rings.filter(({ device }) => device === watched.device),
      onScreen,
      measured,
    );
    const rendered = latencies(
      rings.filter(({ device }) => device === watched.device),
      onScreen.flatMap((card) => (card.rendered === null ? [] : [{ ...card, at: card.rendered }])),
      measured,
    );
    console.log(`Painted by the browser's own account: ${JSON.stringify(percentiles(rendered.times))}`);
    for (const part of ['builtMs', 'frameMs', 'paintMs'] as const) {
      const { p50, p95 } = percentiles(onScreen.map((card) => card[part]));
      console.log(`In the browser ${part}: p50 ${p50}, p95 ${p95}`);
    }
    for (const [what, times] of failures) console.log(`Failed ${times} times: ${what}`);
    console.log(
      `Rings without a card: ${socket.missing} at the sockets, ${painted.missing} in the browser; ${machineLoad()}`,
    );
    console.log(JSON.stringify({ painted: percentiles(painted.times), socket: percentiles(socket.times) }));
  } finally {
    await house.close();
  }
}

await main();
