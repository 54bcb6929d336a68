import { type Customer, customerInput } from '@ringdesk/shared/customer';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { loadConfig } from '../../server/config/index.ts';
import { createCustomers } from '../../server/features/customers/index.ts';
import { createInteractions } from '../../server/features/interactions/index.ts';
import { createUsers } from '../../server/features/users/index.ts';
import { createLog } from '../../server/platform/log.ts';
import { createMetrics } from '../../server/platform/metrics.ts';
import { openStore } from '../../server/platform/store/index.ts';
import { type House, openHouse } from '../house/house.ts';
import type { Server } from '../house/server.ts';
import { type Session, logIn as session } from '../house/session.ts';
import { device, launch, logIn } from './chromium.ts';
import { type Exchange, openExchange, pbxUser } from './exchange.ts';
import { type PastCall, pastContact } from './past.ts';

export const password = 'a long enough password';

/** Who sits where: one phone in each queue, so that the number that is called says whose phone rings. */
const seats = [
  { login: 'anna', extension: '1001', name: 'Анна Петрова', queue: 'sales' },
  { login: 'elena', extension: '1005', name: 'Elena Weiß', queue: 'support' },
] as const;
export type Agent = (typeof seats)[number]['login'];

const others = [
  { login: 'vera', name: 'Вера Смирнова', role: 'supervisor' },
  { login: 'maria', name: 'Мария Ковальская', role: 'manager' },
  { login: 'olga', name: 'Ольга Зимина', role: 'admin' },
] as const;

/** A customer with what they called about before. */
export interface Known {
  name: string;
  phone: string;
  company?: string;
  tier?: Customer['tier'];
  note?: string;
  past?: readonly PastCall[];
}

/** A small office at work: the exchange, the server with its people and customers, and a browser. */
export interface Office {
  readonly house: House;
  readonly exchange: Exchange;
  readonly browser: Browser;
  url(): string;
  /** Somebody logged in at a device of their own; `problems` collects what failed on the page. */
  sits(login: string, options?: BrowserContextOptions): Promise<{ page: Page; problems: string[] }>;
  /** Somebody logged in without a browser, to look at what the page has done. */
  asks(login: string): Promise<Session>;
  /** kill -9; the next server comes up at the same address. */
  killServer(): Promise<void>;
  startServer(): Promise<void>;
  close(): Promise<void>;
}

/** @param env settings of the server, to which a test may add */
export async function openOffice(
  known: readonly Known[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Office> {
  const exchange = await openExchange(seats);
  const house = await openHouse({
    PBX_HOST: '127.0.0.1',
    PBX_PORT: String(exchange.port),
    PBX_EVENTS_USER: pbxUser.username,
    PBX_EVENTS_SECRET: pbxUser.secret,
    PBX_ACTIONS_USER: pbxUser.username,
    PBX_ACTIONS_SECRET: pbxUser.secret,
    QUEUE_EXTENSIONS: 'sales=2000,support=2001,complaints=2002',
    // No form closes under a test that a slow machine holds up.
    WRAP_UP_LIMIT_MS: '0',
    ...env,
  });
  house.atEnd(() => exchange.close());
  await furnish(house, known);
  let server: Server;
  async function startServer() {
    server = await house.start();
    await server.logged(/actions session is ready/);
    house.env['PORT'] = new URL(server.url).port;
  }
  await startServer();
  const browser = await launch();
  house.atEnd(() => browser.close());
  return {
    house,
    exchange,
    browser,
    url: () => server.url,
    async sits(login, options) {
      const there = await device(browser, server.url, options);
      await logIn(there.page, login, password);
      return there;
    },
    asks: (login) => session(server.url, login, password),
    killServer: () => server.kill(),
    startServer,
    close: () => house.close(),
  };
}

/** Writes people, customers and their past into the database, before the server runs. */
async function furnish(house: House, known: readonly Known[]): Promise<void> {
  const { mongoUrl, dataDir, region } = loadConfig(house.env);
  const log = createLog({ level: 'silent', showPersonal: false });
  const store = await openStore({ mongoUrl, dataDir, log, metrics: createMetrics() });
  const users = createUsers({ store });
  const customers = createCustomers({ store, region });
  const interactions = createInteractions({ store, agentNames: users.agentNames });
  await store.prepared();
  for (const { login, name, extension } of seats)
    await users.createUser({
      login,
      name,
      password,
      role: 'agent',
      agent: extension,
      device: `PJSIP/${extension}`,
    });
  for (const other of others) await users.createUser({ ...other, password });
  for (const { phone, past = [], ...about } of known) {
    const customer = await customers.create(
      customerInput.parse({ ...about, phones: [{ raw: phone, label: 'mobile' }] }),
    );
    await interactions.write(past.map((call) => pastContact(customer, call)));
  }
  await store.close();
}
