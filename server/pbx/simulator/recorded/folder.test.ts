import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { COME_BACK } from './come-back.ts';
import { AT_ONCE } from './load.ts';
import { MOMENTS } from './moments.ts';
import { NOT_COMPARED, readEvents } from './normal.ts';
import { SCENARIOS } from './scenarios.ts';
import { SHIPPED } from './shipped.ts';

/** Every recorded stream has its case: a new recording is played by the simulator, or the reason why it cannot be stands here. */
const streams = path.join(import.meta.dirname, '../../../../test/streams/recorded');

/** Streams in which nothing happens. */
const SILENT: Readonly<Record<string, string>> = {
  'network-loss.client.ami': 'the client whose link was cut: it had logged in and heard nothing yet',
};

test('no recording is forgotten, and no case is without its recording', () => {
  const recordings = readdirSync(streams, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.ami(\.gz)?$/.test(file),
  );
  const cases = new Set([
    ...[...Object.keys(SCENARIOS), ...Object.keys(SHIPPED)].map((name) => `${name}.ami`),
    ...Object.keys(COME_BACK).map((name) => `${name}.ami`),
    ...Object.keys(AT_ONCE).map((name) => `${name}.ami.gz`),
    ...Object.values(MOMENTS).flatMap(({ files }) => files),
    ...Object.keys(SILENT),
  ]);
  expect(recordings.sort()).toEqual([...cases].sort());
  expect(recordings.length).toBeGreaterThan(60);
});

test.each(Object.entries(SILENT))('%s is silent: %s', (file) => {
  const events = readEvents(readFileSync(path.join(streams, file), 'utf8'));
  expect(events.filter(({ name }) => !NOT_COMPARED.has(name))).toEqual([]);
});
