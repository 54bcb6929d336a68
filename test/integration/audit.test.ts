import { auditPage } from '@ringdesk/shared/audit';
import { callsFor, type House, hire, openHouse, password } from '../house/house.ts';
import type { Server } from '../house/server.ts';
import { ask, logIn, type Session } from '../house/session.ts';

/** Who did what to what, on a real server: changes and accesses go one way. */
jest.setTimeout(120_000);

let house: House;
let server: Server;
let admin: Session;
let agent: Session;

beforeAll(async () => {
  house = await openHouse();
  await callsFor(house, { agents: 4, callsPerSecond: 0.01 });
  await hire(house, [
    { login: 'anna', name: 'Anna', role: 'agent', agent: '1001' },
    { login: 'admin', name: 'Admin', role: 'admin', agent: '1004' },
  ]);
  server = await house.start();
  admin = await logIn(server.url, 'admin', password);
  agent = await logIn(server.url, 'anna', password);
});
afterAll(() => house.close());

const vera = { name: 'Vera' };

function send(session: Session, path: string, method = 'GET', body?: object) {
  return ask(server.url, path, {
    method,
    headers: { cookie: session.cookie, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** The records of a path, once there are so many: the log is handed on soon, not at once. */
async function records(session: Session, path: string, count: number) {
  for (let attempt = 0; ; attempt += 1) {
    const page = auditPage.parse((await send(session, path)).body);
    if (page.records.length >= count || attempt > 60) return page;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

test('a change, with who, from where, before and after; filtered by thing and by person', async () => {
  const { body } = await send(agent, '/api/customers', 'POST', vera);
  const { id } = JSON.parse(JSON.stringify(body));
  await send(agent, `/api/customers/${id}`, 'PUT', { ...vera, name: 'Vera Petrova' });
  const { records: found } = await records(admin, `/api/audit?kind=customer&entity=${id}`, 2);
  expect(found.map(({ what }) => what)).toEqual(['customer.changed', 'customer.created']);
  const [changed] = found;
  expect(changed?.actor.name).toBe('Anna');
  expect(changed?.address).toMatch(/127\.0\.0\.1/);
  expect(changed?.changes).toEqual({ name: { before: 'Vera', after: 'Vera Petrova' } });
  const own = await records(admin, `/api/audit?actor=${changed?.actor.id}&what=customer.created`, 1);
  expect(own.records).toHaveLength(1);
  const history = await records(agent, `/api/history/customer/${id}`, 2);
  expect(history.records.map(({ id: record }) => record)).toEqual(found.map(({ id: record }) => record));
});

test('a log-in and a failed one, with the name of who it was', async () => {
  await expect(logIn(server.url, 'anna', 'wrong')).rejects.toThrow();
  const failed = await records(admin, '/api/audit?what=login-failed', 1);
  expect(failed.records[0]?.entity).toEqual({ kind: 'login', id: 'anna' });
  const logins = await records(admin, '/api/audit?what=login', 2);
  expect(logins.records.map(({ actor }) => actor.name).sort()).toEqual(['Admin', 'Anna']);
});

test('page by page, nothing twice and nothing left out', async () => {
  const all = await records(admin, '/api/audit?limit=200', 4);
  const seen: string[] = [];
  let next: string | null = '';
  while (next !== null) {
    const page = auditPage.parse(
      (await send(admin, `/api/audit?limit=1${next === '' ? '' : `&cursor=${next}`}`)).body,
    );
    seen.push(...page.records.map(({ id }) => id));
    next = page.next;
  }
  expect(seen).toEqual(all.records.map(({ id }) => id));
  expect((await send(admin, '/api/audit?cursor=nonsense')).status).toBe(400);
});

test('a period', async () => {
  const page = await records(admin, '/api/audit?to=2020-01-01T00:00:00Z', 0);
  expect(page.records).toEqual([]);
});

test('an imported customer has a history too', async () => {
  const csv = 'name;phone\nImported One;+74959550177\n';
  const started = await ask(server.url, '/api/customers/import', {
    method: 'POST',
    headers: { cookie: admin.cookie, 'content-type': 'text/csv' },
    body: csv,
  });
  expect(started.status).toBeLessThan(300);
  for (let round = 0; round < 60; round += 1) {
    const { records: found } = await records(admin, '/api/audit?what=customer.created&limit=200', 2);
    const imported = found.find(({ changes }) => changes['name']?.after === 'Imported One');
    if (imported !== undefined) {
      expect(imported.actor.name).toBe('Admin');
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('The import left no record');
});
