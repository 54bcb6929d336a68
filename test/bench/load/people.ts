import type { Customer } from '@ringdesk/shared/customer';
import { loadConfig } from '../../../server/config/index.ts';
import { createCustomers } from '../../../server/features/customers/index.ts';
import { createInteractions } from '../../../server/features/interactions/index.ts';
import { createUsers } from '../../../server/features/users/index.ts';
import { createLog } from '../../../server/platform/log.ts';
import { createMetrics } from '../../../server/platform/metrics.ts';
import { openStore, type Store } from '../../../server/platform/store/index.ts';
import { agentsFor, demoCustomers } from '../../../server/stand-ins/asterisk-simulator/index.ts';
import { pastContacts } from '../../../server/stand-ins/demo-company/past.ts';

/** Written at once. */
const batch = 200;

export const password = 'a password for the bench';

/** The customers who call, some 50 for each seed. */
export function callers(seeds: number) {
  return Array.from({ length: seeds }, (_, at) => demoCustomers(at + 1)).flat();
}

/** The database of a server that does not run, quietly. */
export async function withStore<T>(
  env: Readonly<Record<string, string>>,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const { mongoUrl, dataDir } = loadConfig(env);
  const log = createLog({ level: 'silent', showPersonal: false });
  const store = await openStore({ mongoUrl, dataDir, log, metrics: createMetrics() });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Writes the agents, the customers, and what these called about before. A look-up then finds what it finds in a house that has worked for a while. */
export async function settle(
  env: Readonly<Record<string, string>>,
  house: { agents: number; customerSeeds: number },
): Promise<void> {
  await withStore(env, async (store) => {
    const users = createUsers({ store });
    const customers = createCustomers({ store, region: 'RU' });
    const interactions = createInteractions({ store, agentNames: users.agentNames });
    await store.prepared();
    for (const { login, name, extension, device } of agentsFor(house.agents))
      await users.createUser({ login, name, password, role: 'agent', agent: extension, device });
    const known: Customer[] = [];
    const unknown = callers(house.customerSeeds);
    for (let at = 0; at < unknown.length; at += batch)
      known.push(...(await Promise.all(unknown.slice(at, at + batch).map(customers.create))));
    const past = pastContacts({ customers: known, seed: 1, now: Date.now() });
    for (let at = 0; at < past.length; at += batch) await interactions.write(past.slice(at, at + batch));
  });
}
