import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoServes, isLoopback } from './whose-house.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'ringdesk-whose-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const bare = () => ({ dataDir, host: '127.0.0.1', mongoUrl: null, pbx: [] });
const real = () => ({ ...bare(), pbx: ['main'] });

test('a directory that is empty becomes the demo, and stays it', () => {
  expect(demoServes(bare())).toBe(true);
  mkdirSync(join(dataDir, 'store'));
  expect(demoServes(bare())).toBe(true);
});

test('what a house left is never opened by the demo, whatever setting was lost', () => {
  for (const name of ['store', 'journal', 'outbox.jsonl', 'session-secret']) {
    writeFileSync(join(dataDir, name), '');
    expect(() => demoServes(bare())).toThrow(/^No PBX is set .* which was not made for it\. Set the PBX/);
    rmSync(join(dataDir, name));
  }
  expect(() => demoServes({ ...bare(), mongoUrl: 'mongodb://x/y' })).toThrow(/No PBX is set .*MONGODB_URL/);
  for (const host of ['0.0.0.0', '::', '10.0.0.1', 'ringdesk.example', '127.evil.example'])
    expect(() => demoServes({ ...bare(), host })).toThrow(`to other machines (HOST is ${host})`);
});

test('a directory of the demo is never taken for a house', () => {
  demoServes(bare());
  expect(() => demoServes(real())).toThrow(/was made for the demo, and its contacts are invented/);
});

test('a journal beside no store tells that the records are elsewhere', () => {
  mkdirSync(join(dataDir, 'journal'));
  expect(demoServes(real())).toBe(false);
  writeFileSync(join(dataDir, 'journal/main.000000001.ami'), '');
  expect(() => demoServes(real())).toThrow(/has a journal of calls but no store: MONGODB_URL is lost/);
  expect(demoServes({ ...real(), mongoUrl: 'mongodb://x/y' })).toBe(false);
});

test('addresses that only this machine reaches', () => {
  expect(['localhost', '127.0.0.1', '127.1.2.3', '::1'].every(isLoopback)).toBe(true);
  expect(['0.0.0.0', '::', '127.0.0.1.example', 'localhost.example', ''].some(isLoopback)).toBe(false);
});
