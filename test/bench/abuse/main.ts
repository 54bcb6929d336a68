import { agentsFor } from '../../../server/stand-ins/asterisk-simulator/index.ts';
import { hire, openHouse, password } from '../../house/house.ts';
import { logIn } from '../../house/session.ts';
import { logInAll, putToWork } from '../load/agent.ts';
import { settle } from '../load/people.ts';
import { type Load, pbxSettings, type Ring, startSimulatorProcess } from '../load/simulator.ts';
import { childrenOf, machineLoad, pause, rssMb, serverSettings, watchCpu } from '../machine.ts';
import { numberOptions } from '../options.ts';
import { type Percentiles, percentiles } from '../percentiles.ts';
import { latencies, type Measured, type Shown } from '../pop/pops.ts';
import { type Burst, startBurst } from './burst.ts';
import { type Bystander, newCustomer, startBystander } from './bystander.ts';
import { type FloodKind, type FloodOrder, floodKinds, startFlood, type Tally } from './floods.ts';

/**
 * What a flood costs those who work: pops, a supervisor's reads, writes and log-ins, and the server's memory, beside one flood after the other. The
 * last line is JSON: {"undisturbed":{…},"links":{…},…,"held":true}. Ends with 1 when a promise is broken.
 */
const warmUpMs = 10_000;
const lateMs = 3000;
/** The flood's end: what was begun is over, and the next run starts in peace. */
const restMs = 4000;
/** Beyond what it has at the start, MB. */
const mostGrowthMb = 250;

interface Run extends Percentiles {
  missing: number;
  refused: Record<string, number>;
  slowestMs: number;
  rssMb: number;
}

async function main(): Promise<void> {
  const { rate, agents, seconds, calls } = numberOptions({ rate: 20, agents: 300, seconds: 20, calls: 500 });
  const seats = agentsFor(agents);
  const house = await openHouse(serverSettings());
  try {
    console.log(`${rate} calls/s, ${agents} agents, ${seconds} s a run; ${machineLoad()}`);
    const load: Load = { seed: 1, rate, agents, customerSeeds: 4, username: 'bench', secret: 'bench' };
    await settle(house.env, load);
    await hire(house, [
      { login: 'vera', name: 'Vera', role: 'supervisor' },
      { login: 'mallory', name: 'Mallory', role: 'agent', agent: '99999', device: 'PJSIP/99999' },
    ]);
    console.log('The people and the customers are in the database');
    const rings: Ring[] = [];
    const simulator = await startSimulatorProcess(load, (ring) => rings.push(ring));
    house.atEnd(() => simulator.stop());
    const burst = await startBurst(simulator.port);
    house.atEnd(() => burst.close());
    Object.assign(house.env, pbxSettings(burst.port, load));
    const server = await house.start();
    const shown: Shown[] = [];
    const failures: Tally = {};
    const logins = seats.map(({ login }) => login);
    for (const [at, session] of (await logInAll(server.url, logins)).entries()) {
      const agent = putToWork({
        session,
        writesMs: 1000 + (at % 10) * 150,
        onRing: (ring) => shown.push(ring),
        onFailure(what) {
          failures[what] = (failures[what] ?? 0) + 1;
        },
      });
      house.atEnd(() => agent.leave());
      await agent.ready;
    }
    const mallory = await logIn(server.url, 'mallory', password);
    const order = {
      url: server.url,
      cookie: mallory.cookie,
      customerId: await newCustomer(mallory, 'Fought for'),
    };
    const bystander = await startBystander({ url: server.url, login: 'vera', password });
    house.atEnd(() => bystander.stop());
    console.log(`${agents} agents are connected, and one who means ill; warming up; ${machineLoad()}`);
    await pause(warmUpMs);
    const { pid } = server.program;
    const run = (kind: 'before' | 'calls' | FloodKind | 'after') =>
      measured({ kind, seconds, calls, burst, order, bystander, failures, pid, rings, shown });

    const before = await run('before');
    const floods: Record<string, Run> = {};
    for (const kind of [...floodKinds, 'calls'] as const) floods[kind] = (await run(kind)).told;
    const after = await run('after');
    const undisturbed = percentiles([...before.times, ...after.times]);
    const broken = Object.entries(floods).flatMap(([kind, told]) =>
      brokenBy(kind, told, undisturbed, before.told),
    );
    for (const one of broken) console.log(`Not held: ${one}`);
    console.log(`At the end: ${machineLoad()}`);
    console.log(JSON.stringify({ undisturbed, ...floods, held: broken.length === 0 }));
    process.exitCode = broken.length === 0 ? 0 : 1;
  } finally {
    await house.close();
  }
}

/** What a flood did that it must not do, in words. */
function brokenBy(kind: string, told: Run, undisturbed: Percentiles, before: Run): string[] {
  const broken: string[] = [];
  if (told.n === 0) broken.push(`${kind}: no card came up`);
  if (told.p99 > 2 * undisturbed.p99)
    broken.push(`${kind}: p99 ${told.p99} ms, undisturbed ${undisturbed.p99} ms`);
  if (Object.keys(told.refused).length > 0)
    broken.push(`${kind}: refused to others: ${JSON.stringify(told.refused)}`);
  if (told.rssMb > before.rssMb + mostGrowthMb)
    broken.push(`${kind}: memory ${before.rssMb} → ${told.rssMb} MB`);
  return broken;
}

interface Under {
  kind: 'before' | 'calls' | FloodKind | 'after';
  seconds: number;
  calls: number;
  burst: Burst;
  order: Omit<FloodOrder, 'kind'>;
  bystander: Bystander;
  failures: Tally;
  pid: number;
  rings: readonly Ring[];
  shown: readonly Shown[];
}

async function measured(under: Under): Promise<{ told: Run; times: number[] }> {
  const { kind, seconds, bystander, failures, pid, rings, shown } = under;
  const stop = await begin(under);
  bystander.taken();
  for (const what of Object.keys(failures)) delete failures[what];
  let mostMb = rssMb(pid);
  const watching = setInterval(() => {
    mostMb = Math.max(mostMb, rssMb(pid));
  }, 250);
  const now = () => performance.timeOrigin + performance.now();
  const during: Measured = { from: now(), to: 0 };
  const [store = pid] = childrenOf(pid);
  const cpu = watchCpu({ server: pid, store });
  await pause(seconds * 1000);
  during.to = now();
  const used = cpu.told();
  const tally = await stop();
  await pause(lateMs);
  clearInterval(watching);
  const { times, missing } = latencies(rings, shown, during);
  const { asked, refused, slowestMs } = bystander.taken();
  const told = {
    ...percentiles(times),
    missing,
    refused: { ...refused, ...failures },
    slowestMs,
    rssMb: mostMb,
  };
  console.log(
    `${kind}: ${JSON.stringify(tally)}; ${asked} asked beside it; ${JSON.stringify(told)}; CPU in cores: ${used}; ${machineLoad()}`,
  );
  await pause(restMs);
  return { told, times };
}

async function begin({ kind, calls, burst, order }: Under): Promise<() => Promise<Tally>> {
  if (kind === 'before' || kind === 'after') return async () => ({});
  if (kind === 'calls') {
    const end = burst.start(calls);
    return async () => ({ calls: end() });
  }
  const flood = await startFlood({ ...order, kind });
  return () => flood.stop();
}

await main();
