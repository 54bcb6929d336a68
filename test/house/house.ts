import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../server/config/index.ts';
import { createUsers, type NewUser } from '../../server/features/users/index.ts';
import { createLog } from '../../server/platform/log.ts';
import { createMetrics } from '../../server/platform/metrics.ts';
import { openStore } from '../../server/platform/store/index.ts';
import { startSimulator } from '../../server/stand-ins/asterisk-simulator/index.ts';
import { freePort } from '../faults/line.ts';
import { type Program, type ProgramOptions, runProgram } from './program.ts';
import { type Server, startServer } from './server.ts';
import { logIn, type Session } from './session.ts';
import { startWitness, type Witness } from './witness.ts';

export const password = 'a long enough password';
const pbxUser = { username: 'ringdesk', secret: 'of the simulator' };

/** Everything that one test starts; `close` ends all of it, whatever state it is in. */
export interface House {
  /** A folder of its own, removed at the end. */
  readonly dir: string;
  /** Settings of the server, to which a test may add. */
  readonly env: Record<string, string>;
  /** @param more settings of the server alone */
  start(more?: Readonly<Record<string, string>>): Promise<Server>;
  run(args: readonly string[], options?: Partial<ProgramOptions>): Program;
  /** Has `run` when the house closes, last come first. */
  atEnd(run: () => unknown): void;
  close(): Promise<void>;
}

export async function openHouse(env: Readonly<Record<string, string>> = {}): Promise<House> {
  const dir = await mkdtemp(join(tmpdir(), 'ringdesk-faults-'));
  const settings: Record<string, string> = { DATA_DIR: join(dir, 'data'), HOST: '127.0.0.1', ...env };
  const ends: (() => unknown)[] = [];
  const killed = (program: Program) => async () => {
    program.signal('SIGKILL');
    await program.ended(10_000).catch(() => undefined);
  };
  return {
    dir,
    env: settings,
    async start(more = {}) {
      const server = await startServer({ env: { ...settings, ...more }, cwd: dir });
      ends.push(killed(server.program));
      return server;
    },
    run(args, options = {}) {
      const program = runProgram({ args, env: settings, cwd: dir, ...options });
      ends.push(killed(program));
      return program;
    },
    atEnd: (run) => ends.push(run),
    async close() {
      for (const end of ends.reverse()) await end();
      // The store of a killed server may be at its last write.
      await rm(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

/**
 * A simulated PBX under load, in this process: it lives on when the server dies. The house's settings name it, and a witness listens to it
 * before the first caller comes.
 */
export async function callsFor(
  house: House,
  load: { agents: number; callsPerSecond: number },
): Promise<Witness> {
  const simulator = await startSimulator({ ...pbxUser, seed: 7, ...load });
  house.atEnd(() => simulator.stop());
  Object.assign(house.env, pbxAt(simulator.port));
  const witness = await startWitness(house.env);
  house.atEnd(() => witness.stop());
  return witness;
}

/** Settings that name a PBX on this machine. */
export function pbxAt(port: number): Record<string, string> {
  return {
    PBX_HOST: '127.0.0.1',
    PBX_PORT: String(port),
    PBX_EVENTS_USER: pbxUser.username,
    PBX_EVENTS_SECRET: pbxUser.secret,
    PBX_ACTIONS_USER: pbxUser.username,
    PBX_ACTIONS_SECRET: pbxUser.secret,
  };
}

/** Agents of the simulator who take calls of the two queues under load. */
export const agents = ['1001', '1002', '1003', '1004', '1005', '3000', '3001', '3002'] as const;

/** Writes the people into the database, before the server runs: `vera`, a supervisor, and the agents by their numbers. */
export function hirePeople(house: House): Promise<void> {
  return hire(house, [
    { login: 'vera', name: 'Вера Смирнова', role: 'supervisor' },
    ...agents.map((agent) => ({
      login: agent,
      name: `Agent ${agent}`,
      role: 'agent' as const,
      agent,
      device: `PJSIP/${agent}`,
    })),
  ]);
}

/**
 * Writes these people into the database, before the server runs; all have the password above. A house with people is no demo: without a PBX
 * it is given one that does not answer.
 */
export async function hire(house: House, people: readonly Omit<NewUser, 'password'>[]): Promise<void> {
  const named = house.env['PBX_HOST'] !== undefined || existsSync(join(house.dir, 'ringdesk.json'));
  if (!named) Object.assign(house.env, pbxAt(await freePort()));
  const { mongoUrl, dataDir } = loadConfig(house.env);
  const log = createLog({ level: 'silent', showPersonal: false });
  const store = await openStore({ mongoUrl, dataDir, log, metrics: createMetrics() });
  const users = createUsers({ store });
  await store.prepared();
  for (const person of people) await users.createUser({ password, ...person });
  await store.close();
}

export function supervisor(url: string): Promise<Session> {
  return logIn(url, 'vera', password);
}
