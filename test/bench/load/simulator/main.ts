import { type Simulator, startSimulator } from '../../../../server/stand-ins/asterisk-simulator/index.ts';
import { callers } from '../people.ts';
import type { CallFromOutside, FromSimulator, Load, ToSimulator } from '../simulator.ts';

/** The simulator in a process of its own. Its parent says what to play in the first argument, and asks and hears the rest over ipc. */
async function main(): Promise<void> {
  const load: Load = JSON.parse(process.argv[2] ?? 'null');
  const say = (message: FromSimulator) => void process.send?.(message);
  const { seed, rate, agents, customerSeeds, username, secret, busySeat } = load;
  const calls: CallFromOutside[] = [];
  let heard = false;
  let playing: Simulator | null = null;
  const simulator = await startSimulator({
    seed,
    username,
    secret,
    agents,
    callsPerSecond: rate,
    customers: callers(customerSeeds),
    ...(busySeat === undefined ? {} : { busySeat }),
    onWrite(name, uniqueid, at, text) {
      // Once is enough: the server does not go away.
      heard ||= (playing?.stats().written ?? 0) > 0;
      if (uniqueid === null) return;
      if (name === 'Newchannel' && text.includes('\r\nContext: from-trunk\r\n'))
        calls.push({ uniqueid, heard });
      if (name !== 'AgentCalled') return;
      const device = /^Interface: (.*)\r$/m.exec(text)?.[1];
      if (device !== undefined) say({ kind: 'ring', ring: { uniqueid, device, at } });
    },
  });
  playing = simulator;
  const stop = () => void simulator.stop().then(() => process.exit(0));
  process.on('message', (message: ToSimulator) => {
    if (message === 'end-calls') simulator.endCalls();
    else if (message === 'calls') say({ kind: 'calls', calls });
    else say({ kind: 'stats', stats: simulator.stats() });
  });
  process.once('SIGTERM', stop);
  // Without its parent it has nothing to do.
  process.once('disconnect', stop);
  say({ kind: 'ready', port: simulator.port });
}

await main();
