import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, loadConfig } from './index.ts';

const pbx = {
  PBX_HOST: '127.0.0.1',
  PBX_EVENTS_USER: 'ringdesk-events',
  PBX_EVENTS_SECRET: 'one',
  PBX_ACTIONS_USER: 'ringdesk-actions',
  PBX_ACTIONS_SECRET: 'two',
};

function mistakes(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
  return [];
}

test('an empty environment gives the single mode: embedded store, no PBX', () => {
  const config = loadConfig({});
  expect(config).toMatchObject({
    port: 8080,
    mongoUrl: null,
    pbx: [],
    region: 'RU',
    simulator: { seed: 1, rate: null },
  });
});

test('one PBX is set by variables, with its defaults', () => {
  expect(loadConfig(pbx).pbx).toEqual([
    expect.objectContaining({
      name: 'main',
      host: '127.0.0.1',
      port: 5038,
      tls: false,
      eventsUser: 'ringdesk-events',
    }),
  ]);
});

test('an empty variable counts as unset', () => {
  expect(loadConfig({ MONGODB_URL: '', PORT: '' })).toMatchObject({ mongoUrl: null, port: 8080 });
});

test('queue extensions are pairs', () => {
  expect(loadConfig({ QUEUE_EXTENSIONS: 'sales=2000, support=2001' }).queueExtensions).toEqual({
    sales: '2000',
    support: '2001',
  });
});

test('every mistake is named at once, by the name under which it was set', () => {
  const found = mistakes({ PORT: 'eighty', MONGODB_URL: 'localhost', PBX_HOST: 'pbx' });
  const starts = found.map((line) => line.split(':')[0]);
  expect(starts).toEqual(
    expect.arrayContaining(['PORT (port)', 'MONGODB_URL (mongoUrl)', 'PBX_EVENTS_USER (pbx.0.eventsUser)']),
  );
});

test('a file that is not there, when it was named, is a mistake', () => {
  expect(mistakes({ RINGDESK_CONFIG: '/nowhere/ringdesk.json' })[0]).toMatch(/cannot be read/);
});

test.each(['{ "sessionSecret": ssw0rd }', '{ "sessionSecret": "ssw0rd }', 'ssw0rd', '{"a":"ssw0rd"'])(
  'a file that is no JSON is told without what stands in it: %s',
  (text) => {
    const dir = mkdtempSync(join(tmpdir(), 'ringdesk-config-'));
    try {
      const file = join(dir, 'ringdesk.json');
      writeFileSync(file, text);
      expect(mistakes({ RINGDESK_CONFIG: file })[0]).toMatch(/ringdesk\.json: is not JSON \((at|some)/);
      expect(mistakes({ RINGDESK_CONFIG: file })[0]).not.toMatch(/ssw0rd/);
    } finally {
      rmSync(dir, { recursive: true });
    }
  },
);

test.each([
  ['', []],
  ['false', []],
  ['true', ['loopback', 'uniquelocal']],
  ['10.0.0.5', ['10.0.0.5']],
  ['10.0.0.0/24, fd00::/8', ['10.0.0.0/24', 'fd00::/8']],
])('TRUST_PROXY=%s', (text, proxies) => {
  expect(loadConfig({ TRUST_PROXY: text }).trustProxy).toEqual(proxies);
});

test.each(['yes', '10.0.0', '10.0.0.0/33', 'proxy.example', '1/2/3'])(
  'TRUST_PROXY=%s is a mistake',
  (text) => {
    expect(mistakes({ TRUST_PROXY: text })[0]).toMatch(/TRUST_PROXY/);
  },
);
