import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadConfig } from '../../server/config/index.ts';
import { environment } from '../../server/config/schema.ts';

const service = z.looseObject({
  image: z.string().optional(),
  build: z.string().optional(),
  networks: z.array(z.string()),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.literal('service_healthy') })).default({}),
  environment: z.record(z.string(), z.string()).default({}),
  healthcheck: z.looseObject({ test: z.array(z.string()) }).optional(),
});
const composeFile = z.strictObject({
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.unknown()),
  volumes: z.record(z.string(), z.null()),
});

const compose = composeFile.parse(parse(readFileSync('docker-compose.yml', 'utf8')));
const { ringdesk, asterisk } = compose.services;
const mounts = Object.values(compose.services).flatMap(({ volumes }) =>
  volumes.map((volume) => volume.split(':')[0] ?? ''),
);

test('the four services, each with a health check or one in its image', () => {
  expect(Object.keys(compose.services).sort()).toEqual(['asterisk', 'mongodb', 'redis', 'ringdesk']);
  for (const [name, { image, build, healthcheck }] of Object.entries(compose.services)) {
    expect([name, typeof (image ?? build)]).toEqual([name, 'string']);
    if (image !== undefined) expect([name, healthcheck?.test.length]).not.toEqual([name, undefined]);
  }
  expect(readFileSync('Dockerfile', 'utf8')).toMatch(/^HEALTHCHECK .*\n.*\/healthz/m);
});

test('names refer to what is there', () => {
  const known = {
    networks: Object.keys(compose.networks),
    volumes: Object.keys(compose.volumes),
    services: Object.keys(compose.services),
  };
  for (const { networks, depends_on } of Object.values(compose.services)) {
    expect(known.networks).toEqual(expect.arrayContaining(networks));
    expect(known.services).toEqual(expect.arrayContaining(Object.keys(depends_on)));
  }
  for (const mount of mounts) {
    if (mount.startsWith('.')) expect([mount, existsSync(mount)]).toEqual([mount, true]);
    else expect(known.volumes).toContain(mount);
  }
});

test('Asterisk gets every file of docs/asterisk', () => {
  const shipped = readdirSync('docs/asterisk').filter((name) => name.endsWith('.conf'));
  expect(asterisk?.volumes).toEqual(
    expect.arrayContaining(shipped.map((name) => `./docs/asterisk/${name}:/etc/asterisk/${name}:ro`)),
  );
});

describe('Ringdesk’s settings', () => {
  const settings = ringdesk?.environment ?? {};

  test('are known, and valid once the secrets are filled in', () => {
    expect(Object.keys(environment)).toEqual(expect.arrayContaining(Object.keys(settings)));
    const filled = Object.entries(settings).map(([name, text]) => [name, text.replace(/\$\{.*\}/, 'secret')]);
    expect(loadConfig(Object.fromEntries(filled))).toMatchObject({
      mongoUrl: 'mongodb://mongodb:27017/ringdesk',
      pbx: [{ host: 'asterisk', port: 5038 }],
    });
  });

  test('name the users of the shipped manager.conf', () => {
    const users = readFileSync('docs/asterisk/manager.conf', 'utf8').match(/^\[(.+)\]$/gm);
    expect(users).toEqual([
      '[general]',
      `[${settings['PBX_EVENTS_USER']}]`,
      `[${settings['PBX_ACTIONS_USER']}]`,
    ]);
  });

  test('no secret stands in the file', () => {
    const secrets = Object.entries(settings).filter(([name]) => /SECRET|TOKEN/.test(name));
    expect(secrets.length).toBeGreaterThan(0);
    for (const [name, text] of secrets)
      expect([name, text]).toEqual([name, expect.stringMatching(/^\$\{\w+:\?.+\}$/)]);
  });

  test('publish the port that it listens on, to this machine alone', () => {
    expect(ringdesk?.ports).toEqual([`127.0.0.1:${settings['PORT']}:${settings['PORT']}`]);
  });
});
