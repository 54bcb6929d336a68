import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSimulator } from '../../server/stand-ins/asterisk-simulator/index.ts';
import { acceptLogin, startScriptedServer } from '../../server/telephony/ami/testing/scripted-server.ts';
import { eventually } from '../house/eventually.ts';
import { type House, hirePeople, openHouse, pbxAt, supervisor } from '../house/house.ts';
import type { Server } from '../house/server.ts';
import { ask, type Session } from '../house/session.ts';
import { freePort } from './line.ts';

jest.setTimeout(120_000);

/**
 * A house with four PBXs: one that works, one with another password, one that is not there, and one that gives our user no rights. What is
 * wrong with one of them is said clearly, and the rest goes on.
 */
let house: House;
let server: Server;
let vera: Session;
beforeAll(async () => {
  house = await openHouse({ METRICS_TOKEN: 'token of the watch' });
  const user = { username: 'ringdesk', secret: 'right' };
  const good = await startSimulator({ ...user, seed: 1, agents: 12, callsPerSecond: 4 });
  house.atEnd(() => good.stop());
  const mean = await startScriptedServer({
    answer(action, client) {
      if (/^(Login|Logoff|Ping)$/.test(action.get('Action') ?? '')) acceptLogin(action, client);
      else client.send('Response: Error', `ActionID: ${action.actionId}`, 'Message: Permission denied');
    },
  });
  house.atEnd(() => mean.close());
  const account = {
    eventsUser: 'ringdesk',
    actionsUser: 'ringdesk',
    eventsSecret: 'right',
    actionsSecret: 'right',
  };
  const pbx = [
    { name: 'good', host: '127.0.0.1', port: good.port, ...account },
    { name: 'strange', host: '127.0.0.1', port: good.port, ...account, eventsSecret: 'wrong' },
    { name: 'absent', host: '127.0.0.1', port: await freePort(), ...account },
    { name: 'mean', host: '127.0.0.1', port: mean.port, ...account },
  ];
  writeFileSync(join(house.dir, 'ringdesk.json'), JSON.stringify({ pbx }));
  await hirePeople(house);
  server = await house.start();
  vera = await supervisor(server.url);
});
afterAll(() => house.close());

const faults: [string, RegExp][] = [
  [
    'a wrong password',
    /PBX strange at \S+ refused the login of user 'ringdesk' \(Authentication failed\): check that manager\.conf has \[ringdesk\]/,
  ],
  [
    'an unreachable PBX',
    /PBX absent at \S+ is not reachable \([^)]+\): check that Asterisk runs, that manager\.conf/,
  ],
  [
    'a refused right',
    /PBX mean did not tell its calls and queues after the login[^"]*needs the rights in docs\/asterisk\/manager\.conf/,
  ],
];

test.each(faults)('%s is one line in the log that says what to do', async (_what, line) => {
  await server.logged(line);
});

test('/readyz tells which PBX is not there, with the same words; the one that works takes calls', async () => {
  const parts = await eventually('the state of the links', async () => {
    const { status, body } = await ask(server.url, '/readyz', {
      headers: { authorization: 'Bearer token of the watch' },
    });
    const links = (body as { parts: Record<string, { state: string; detail?: string }> }).parts;
    return status === 200 && links['pbx good']?.state === 'up' ? links : null;
  });
  expect(parts['pbx strange']).toMatchObject({
    state: 'down',
    detail: expect.stringMatching(/manager\.conf/),
  });
  expect(parts['pbx absent']).toMatchObject({
    state: 'down',
    detail: expect.stringMatching(/not reachable/),
  });
  await eventually('interactions of the PBX that works', async () => {
    const { body } = await vera.get('/api/interactions');
    return (body as { interactions: { pbx: string }[] }).interactions.some(({ pbx }) => pbx === 'good')
      ? true
      : null;
  });
});

const csvs: [string, string, RegExp][] = [
  [
    'no column of names',
    'colour;size\nred;1\n',
    /^Line 1 names no column for the customer's name\. Call one 'name'/,
  ],
  [
    'a quote that is never closed',
    'name;phone\nAnna;+79161000001\n"Boris;+79161000002\n',
    /^The CSV cannot be read from line 3 on: a quote .* Nothing was imported\.$/,
  ],
  ['nothing', '', /empty/],
];

test.each(csvs)(
  'a CSV with %s is refused by its line, and nothing of it is written',
  async (_what, csv, says) => {
    const { status, body } = await vera.send('POST', '/api/customers/import', csv);
    expect({ status, body }).toEqual({
      status: 400,
      body: { error: expect.objectContaining({ code: 'bad-input', message: expect.stringMatching(says) }) },
    });
    expect((await vera.get('/api/customers?q=Anna')).body).toEqual({ customers: [] });
  },
);

test('a port in use and a data directory in use end the second server with one line each', async () => {
  const { port } = new URL(server.url);
  const samePort = house.run(['start', '--port', port], {
    env: { ...house.env, DATA_DIR: join(house.dir, 'other') },
  });
  const sameData = house.run(['start', '--port', '0']);
  const named = { DATA_DIR: house.env['DATA_DIR'] ?? '', MONGODB_URL: 'mongodb://127.0.0.1:1/ringdesk' };
  const sameJournal = house.run(['start', '--port', '0'], { env: { ...house.env, ...named } });
  const inUse =
    /^The data directory \S+ is in use by another Ringdesk \(process \d+\)\. Stop that one, or .* DATA_DIR\.$/m;
  for (const [program, line] of [
    [
      samePort,
      new RegExp(
        `^127\\.0\\.0\\.1:${port} is in use by another program\\. Stop .* PORT=<another port>\\.$`,
        'm',
      ),
    ],
    [sameData, inUse],
    [sameJournal, inUse],
  ] as const) {
    expect(await program.ended()).toEqual({ code: 78, signal: null });
    expect(program.stderr()).toMatch(line);
    expect(program.stderr()).not.toMatch(/^\s+at .*:\d+/m);
  }
  expect((await ask(server.url, '/healthz')).status).toBe(200);
});

test('without the database the page is there, and the login says why it cannot', async () => {
  const away = await openHouse({
    ...pbxAt(await freePort()),
    MONGODB_URL: `mongodb://user:secret@127.0.0.1:${await freePort()}/ringdesk`,
  });
  try {
    const alone = await away.start();
    expect((await ask(alone.url, '/api/welcome')).status).toBe(200);
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify({ login: 'vera', password: 'any password at all' });
    expect(await ask(alone.url, '/api/login', { method: 'POST', headers, body })).toEqual({
      status: 503,
      body: {
        error: expect.objectContaining({
          code: 'store-unavailable',
          message: expect.stringMatching(/^The database cannot be reached now.*Try again/),
        }),
      },
    });
    await alone.logged(
      /The database at mongodb:\/\/127\.0\.0\.1:\d+\/ringdesk does not answer; trying again\. Check/,
    );
    expect(alone.program.stderr()).not.toContain('secret');
    expect((await alone.stop()).code).toBe(0);
  } finally {
    await away.close();
  }
});
