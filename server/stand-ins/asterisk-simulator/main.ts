import { parseArgs } from 'node:util';
import { startSimulator } from './index.ts';

/**
 * `npx tsx server/stand-ins/asterisk-simulator/main.ts --port 5039 --seed 1 --rate 5 --agents 50 --seconds 30`: the simulator alone. To see what a restart of
 * the exchange does, log in and send the action Command with `Command: core restart now`.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '5039' },
      seed: { type: 'string', default: '1' },
      rate: { type: 'string' },
      agents: { type: 'string' },
      speed: { type: 'string' },
      seconds: { type: 'string' },
      username: { type: 'string', default: 'demo' },
      secret: { type: 'string', default: 'demo' },
    },
  });
  const number = (name: string, text: string): number => {
    const value = Number(text);
    if (!Number.isFinite(value) || value < 0) throw new Error(`--${name} takes a number, not "${text}"`);
    return value;
  };
  const simulator = await startSimulator({
    port: number('port', values.port),
    seed: number('seed', values.seed),
    username: values.username,
    secret: values.secret,
    ...(values.rate === undefined ? {} : { callsPerSecond: number('rate', values.rate) }),
    ...(values.agents === undefined ? {} : { agents: number('agents', values.agents) }),
    ...(values.speed === undefined ? {} : { speed: number('speed', values.speed) }),
  });
  console.log(`AMI at 127.0.0.1:${simulator.port}, user ${values.username}, secret ${values.secret}`);
  const startedAt = Date.now();
  async function end(): Promise<void> {
    const seconds = (Date.now() - startedAt) / 1000;
    console.log(JSON.stringify({ ...simulator.stats(), seconds }));
    await simulator.stop();
  }
  process.once('SIGINT', () => void end());
  process.once('SIGTERM', () => void end());
  if (values.seconds !== undefined) setTimeout(() => void end(), number('seconds', values.seconds) * 1000);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
});
