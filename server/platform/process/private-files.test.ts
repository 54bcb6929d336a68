import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepPrivate, openToOthers } from './private-files.ts';
import { weaknesses } from './weaknesses.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ringdesk-private-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const modeOf = (name: string) => statSync(join(dir, name)).mode & 0o777;

test('what an earlier version left open to others is closed, and what is not ours is left alone', () => {
  chmodSync(dir, 0o755);
  mkdirSync(join(dir, 'journal'));
  chmodSync(join(dir, 'journal'), 0o755);
  for (const name of ['journal/main.000000001.ami', 'outbox.jsonl', 'notes.txt']) {
    writeFileSync(join(dir, name), '');
    chmodSync(join(dir, name), 0o644);
  }
  expect(openToOthers(dir)).toHaveLength(5);
  expect(keepPrivate(dir)).toEqual([]);
  expect(['', 'journal', 'journal/main.000000001.ami', 'outbox.jsonl', 'notes.txt'].map(modeOf)).toEqual([
    0o700, 0o700, 0o600, 0o600, 0o644,
  ]);
});

test('a folder for all is left as it is, and told', () => {
  chmodSync(dir, 0o1777);
  expect(keepPrivate(dir)).toEqual([
    `${dir} is a folder for all: give Ringdesk one of its own with DATA_DIR`,
  ]);
  expect(modeOf('')).toBe(0o777);
});

const pbx = { name: 'main', host: '127.0.0.1', tls: false, eventsSecret: 'one', actionsSecret: 'two' };
const safe = () => ({ dataDir: dir, host: '127.0.0.1', trustProxy: [] as string[], pbx: [pbx] });
const said = (settings: Parameters<typeof weaknesses>[0]) =>
  weaknesses(settings, 'look').map(({ what }) => what);

test('a house that is set up safely is told nothing', () => {
  expect(said(safe())).toEqual([]);
  expect(said({ ...safe(), host: '0.0.0.0', trustProxy: ['loopback'] })).toEqual([]);
});

test('clear text over the network, a secret that everybody knows and open files are each told', () => {
  expect(said({ ...safe(), host: '0.0.0.0' })).toEqual([
    expect.stringMatching(/^HOST is 0\.0\.0\.0 and no proxy/),
  ]);
  expect(said({ ...safe(), pbx: [{ ...pbx, host: 'pbx.example' }] })).toEqual([
    expect.stringMatching(/clear text: whoever is on the way/),
  ]);
  expect(said({ ...safe(), pbx: [{ ...pbx, host: 'pbx.example', tls: true }] })).toEqual([]);
  expect(said({ ...safe(), pbx: [{ ...pbx, eventsSecret: 'CHANGE-ME-EVENTS' }] })).toEqual([
    expect.stringMatching(/the one of our example/),
  ]);
  chmodSync(dir, 0o755);
  expect(said(safe())).toEqual([expect.stringMatching(/^Others on this machine may read 1 files/)]);
});
