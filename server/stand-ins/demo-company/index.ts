import { randomBytes } from 'node:crypto';
import type { Welcome } from '@ringdesk/shared/welcome';
import type { Config, PbxConfig } from '../../config/index.ts';
import type { Customers } from '../../features/customers/index.ts';
import type { Interactions } from '../../features/interactions/index.ts';
import type { Users } from '../../features/users/index.ts';
import type { Log } from '../../platform/log.ts';
import { startSimulator } from '../asterisk-simulator/index.ts';
import { seedDemo } from './seed.ts';

/** The simulated company: a PBX that is not there, and the people who work and call there. */
export interface DemoHouse {
  /** How to log in at the simulator. */
  pbx: PbxConfig;
  users: Welcome['demoUsers'];
  stop(): Promise<void>;
}

export interface DemoOptions {
  config: Config;
  users: Users;
  customers: Customers;
  interactions: Interactions;
  log: Log;
}

/** What is dialled for the queues of the simulator. */
export const queueExtensions = { sales: '2000', support: '2001', complaints: '2002' };

/** Starts the simulator on a free port of this machine, and gives the database its people when they are lacking. */
export async function startDemo({
  config,
  users,
  customers,
  interactions,
  log,
}: DemoOptions): Promise<DemoHouse> {
  const { seed, rate, agents } = config.simulator;
  const secret = randomBytes(12).toString('base64url');
  const demoUsers = await seedDemo({ users, customers, interactions, seed, log });
  const simulator = await startSimulator({
    username: 'demo',
    secret,
    seed,
    agents,
    log,
    ...(rate === null ? {} : { callsPerSecond: rate }),
  });
  return {
    pbx: {
      name: 'demo',
      host: '127.0.0.1',
      port: simulator.port,
      tls: false,
      eventsUser: 'demo',
      eventsSecret: secret,
      actionsUser: 'demo',
      actionsSecret: secret,
    },
    users: demoUsers,
    stop: () => simulator.stop(),
  };
}
