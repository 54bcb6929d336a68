import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { api } from '@ringdesk/shared/api';
import { apiError } from '@ringdesk/shared/api-error';
import { type AnyEndpoint, isFileBody } from '@ringdesk/shared/endpoint';
import { role } from '@ringdesk/shared/user';
import { describeApi } from '../../server/platform/api/index.ts';
import { grantsOf } from '../../server/platform/auth/index.ts';
import { callsFor, type House, hire, openHouse, password } from '../house/house.ts';
import type { Server } from '../house/server.ts';
import { ask, logIn, type Session } from '../house/session.ts';

/**
 * What holds for every endpoint, made from the contracts: a new one is tested without a line here. A real server, a user of each role.
 */
jest.setTimeout(120_000);

let house: House;
let server: Server;
const sessions = new Map<string, Session>();

beforeAll(async () => {
  house = await openHouse();
  await callsFor(house, { agents: 4, callsPerSecond: 0.01 });
  await hire(house, [
    { login: 'agent', name: 'Agent', role: 'agent', agent: '1001' },
    { login: 'supervisor', name: 'Supervisor', role: 'supervisor', agent: '1002' },
    { login: 'manager', name: 'Manager', role: 'manager', agent: '1003' },
    { login: 'admin', name: 'Admin', role: 'admin', agent: '1004' },
    { login: 'integration', name: 'Integration', role: 'integration', agent: null },
  ]);
  server = await house.start();
  for (const name of role.options) sessions.set(name, await logIn(server.url, name, password));
});
afterAll(() => house.close());

const unknownId = '000000000000000000000000';
const named = api.map((endpoint): [string, AnyEndpoint] => [endpoint.id, endpoint]);
/** Logging in and out is about the session itself; session tests have it. */
const guarded = named.filter(([, { permission }]) => permission !== 'public');

/** It says nothing without being asked for something. */
const needsQuery = ({ query }: AnyEndpoint) => query !== null && !query.safeParse({}).success;

function request(endpoint: AnyEndpoint, cookie: string | null) {
  const { method, body, example } = endpoint;
  const path = `/api${endpoint.path.replaceAll(/:\w+/g, unknownId)}`;
  const file = isFileBody(body);
  const type = file ? (body.file.types[0] ?? '') : 'application/json';
  return ask(server.url, path, {
    method,
    headers: {
      ...(cookie === null ? {} : { cookie }),
      ...(body === null ? {} : { 'content-type': type }),
    },
    ...(body === null ? {} : { body: file ? String(example) : JSON.stringify(example) }),
  });
}

test('the server answers what shared/api.ts lists, and nothing else', async () => {
  const { status, body } = await ask(server.url, '/api/openapi.json');
  expect(status).toBe(200);
  expect(body).toEqual(JSON.parse(JSON.stringify(describeApi(api))));
});

test('docs/openapi.json is current: npm run openapi', () => {
  const kept = JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8'));
  expect(kept).toEqual(JSON.parse(JSON.stringify(describeApi(api))));
});

test.each(named)('%s: its example is what it accepts', (_, { body, example }) => {
  if (body !== null && !isFileBody(body)) expect(body.safeParse(example).error).toBeUndefined();
  else expect(body === null || typeof example === 'string').toBe(true);
});

test.each(guarded)('%s: without a session 401', async (_, endpoint) => {
  expect((await request(endpoint, null)).status).toBe(401);
});

describe.each(role.options)('as %s', (name) => {
  const may = ({ permission }: AnyEndpoint) =>
    permission === 'session' || permission === 'public' || grantsOf({ role: name })[permission] !== undefined;

  test.each(guarded)('%s', async (_, endpoint) => {
    const { status, body } = await request(endpoint, sessions.get(name)?.cookie ?? '');
    if (!may(endpoint)) {
      expect([status, apiError.parse(body).error.code]).toEqual([403, 'forbidden']);
      return;
    }
    // What is there to see is another scope's matter, and what is not there is not found: but the door is open.
    if (needsQuery(endpoint)) expect(status).toBe(400);
    // A PUT may also say something of what nobody has spoken of yet, such as a queue.
    else if (endpoint.path.includes(':'))
      expect(endpoint.method === 'PUT' ? [200, 404, 409] : [404, 409]).toContain(status);
    else if (status < 300) {
      expect(endpoint.answer === null ? body : endpoint.answer.safeParse(body).error).toBe(
        endpoint.answer === null ? '' : undefined,
      );
    } else apiError.parse(body);
    expect(status).not.toBe(401);
    expect(status).not.toBe(500);
  });
});
