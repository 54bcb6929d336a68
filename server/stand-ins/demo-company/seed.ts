import type { Customer, CustomerInput } from '@ringdesk/shared/customer';
import type { Role } from '@ringdesk/shared/user';
import type { Welcome } from '@ringdesk/shared/welcome';
import type { Customers } from '../../features/customers/index.ts';
import type { Interactions } from '../../features/interactions/index.ts';
import type { NewUser, Users } from '../../features/users/index.ts';
import type { Log } from '../../platform/log.ts';
import { agentsFor, demoCustomers } from '../asterisk-simulator/index.ts';
import { pastContacts } from './past.ts';

/** One for all, and told to anybody on the login page: these users are there only while the simulator serves. */
const password = 'ringdesk';

const office: readonly { login: string; name: string; role: Role }[] = [
  { login: 'vera', name: 'Вера Смирнова', role: 'supervisor' },
  { login: 'maria', name: 'Мария Ковальская', role: 'manager' },
  { login: 'admin', name: 'Administrator', role: 'admin' },
];

export interface SeedOptions {
  users: Users;
  customers: Customers;
  interactions: Interactions;
  seed: number;
  log: Log;
  /** Seats of the house; more than the eight of the demo for a load run. */
  agents?: number;
  /** ms since the epoch */
  now?: () => number;
}

/**
 * Gives the database the demo's people where they are lacking: users, customers, and what these called about before. Doing it again, also after
 * it broke off, adds what is missing and leaves what people changed.
 * @returns the logins for the login page: first the seats that wait for a person. Also when the database is away: then it is done next time
 */
export async function seedDemo(options: SeedOptions): Promise<Welcome['demoUsers']> {
  const { log } = options;
  const seats = agentsFor(options.agents ?? 8);
  try {
    await seedUsers(options, [
      ...office.map((one) => ({ ...one, password, demo: true })),
      ...seats.map(
        ({ login, name, extension, device }): NewUser => ({
          login,
          name,
          password,
          role: 'agent',
          agent: extension,
          demo: true,
          device,
        }),
      ),
    ]);
    await seedCustomers(options);
  } catch (error) {
    log.warn({ err: error }, "The demo's people could not all be written; that is done at the next start");
  }
  return [
    ...seats
      .filter((seat) => !seat.automatic)
      .map(({ login, name }) => ({ login, name, role: 'agent' as const })),
    ...office,
  ].map((one) => ({ ...one, password }));
}

async function seedUsers({ users }: SeedOptions, wanted: readonly NewUser[]): Promise<void> {
  users.allowDemo();
  const there = await users.list();
  const logins = new Set(there.map((user) => user.login));
  const agents = new Set(there.map((user) => user.agent));
  for (const user of wanted) {
    // A seat may have been given to somebody else.
    const taken = logins.has(user.login) || (user.agent != null && agents.has(user.agent));
    if (!taken) await users.createUser(user);
  }
}

async function seedCustomers(options: SeedOptions): Promise<void> {
  const { customers, interactions, seed, now = Date.now } = options;
  // The past is written last, and its first contact after the others: with it everything is there, whatever people made of it since.
  if ((await interactions.get('demo-past-1')) !== null) return;
  const known: Customer[] = [];
  for (const input of demoCustomers(seed))
    known.push((await lookUp(customers, input)) ?? (await customers.create(input)));
  const [first, ...others] = pastContacts({ customers: known, seed, now: now() });
  await interactions.write(others);
  if (first !== undefined) await interactions.write([first]);
}

/** The customer of this name and number, when the last attempt came that far. */
async function lookUp(customers: Customers, input: CustomerInput): Promise<Customer | null> {
  const [phone] = input.phones;
  if (phone === undefined) return null;
  const having = await customers.search(phone.raw, 20);
  return having.find((customer) => customer.name === input.name) ?? null;
}
