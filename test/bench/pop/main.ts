import { agentsFor } from '../../../server/stand-ins/asterisk-simulator/index.ts';
import { openHouse } from '../../house/house.ts';
import { type AgentAtWork, logInAll, putToWork } from '../load/agent.ts';
import { settle } from '../load/people.ts';
import { type Load, pbxSettings, type Ring, startSimulatorProcess } from '../load/simulator.ts';
import { childrenOf, machineLoad, pause, serverSettings, watchCpu } from '../machine.ts';
import { numberOptions } from '../options.ts';
import { percentiles } from '../percentiles.ts';
import { openPage, type Painted } from './page.ts';
import { latencies, type Measured, type Shown } from './pops.ts';

/**
 * From the PBX's write of AgentCalled to the card: on the screen of a real browser; then, without the browser, at the sockets of all agents. The
 * PBX (simulated), the server, its store, and the browser are processes of their own; the agents' sockets are in this one.
 * The last line is JSON: {"painted":{"p50":…,"p95":…,"p99":…,"n":…},"socket":{…},"complete":{…}}, in ms.
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
    const [store] = childrenOf(server.program.pid);
    const pids = {
      server: server.program.pid,
      ...(store === undefined ? {} : { store }),
      simulator: simulator.pid,
      'agents without a browser': process.pid,
    };
    console.log(`Measuring with the browser; ${machineLoad()}`);
    const withBrowser = await measure(seconds, pids);
    const cards = (await page.painted()).map((card) => ({ ...card, device: watched.device }));
    const { painted, complete } = tellPainted(
      rings.filter(({ device }) => device === watched.device),
      cards,
      withBrowser,
    );
    tellSocket('beside the browser', rings, shown, withBrowser);

    await page.close();
    await pause(lateMs);
    console.log(`Measuring without it; ${machineLoad()}`);
    const socket = tellSocket('alone', rings, shown, await measure(seconds, pids));
    for (const [what, times] of failures) console.log(`Failed ${times} times: ${what}`);
    console.log(JSON.stringify({ painted, socket, complete }));
  } finally {
    await house.close();
  }
}

/** Lets the time pass that is measured. @returns from when to when, ms since the epoch */
async function measure(seconds: number, pids: Readonly<Record<string, number>>): Promise<Measured> {
  const now = () => performance.timeOrigin + performance.now();
  const from = now();
  const cpu = watchCpu(pids);
  await pause(seconds * 1000);
  const to = now();
  console.log(`CPU in cores: ${cpu.told()}`);
  await pause(lateMs);
  return { from, to };
}

function tellSocket(where: string, rings: readonly Ring[], shown: readonly Shown[], measured: Measured) {
  const { times, missing } = latencies(rings, shown, measured);
  const found = percentiles(times);
  console.log(`At the sockets ${where}: ${JSON.stringify(found)}, rings without a card: ${missing}`);
  return found;
}

type OnScreen = Painted & { device: string };

function tellPainted(rings: readonly Ring[], cards: readonly OnScreen[], measured: Measured) {
  const of = (at: (card: OnScreen) => number | null) => {
    const there = cards.flatMap((card) => {
      const shownAt = at(card);
      return shownAt === null ? [] : [{ callId: card.callId, device: card.device, at: shownAt }];
    });
    return latencies(rings, there, measured);
  };
  const painted = of(({ at }) => at);
  console.log(`On the screen: rings without a card: ${painted.missing}`);
  const nextFrame = percentiles(of(({ nextFrameAt }) => nextFrameAt).times);
  console.log(`The card until the page had its turn in the next frame: ${JSON.stringify(nextFrame)}`);
  for (const part of ['builtMs', 'frameMs', 'paintMs'] as const) {
    const { p50, p95 } = percentiles(cards.map((card) => card[part]));
    console.log(`In the browser ${part}: p50 ${p50}, p95 ${p95}`);
  }
  const complete = percentiles(of(({ completeAt }) => completeAt).times);
  return { painted: percentiles(painted.times), complete };
}

await main();
