import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { COME_BACK } from './come-back.ts';
import { AT_ONCE } from './load.ts';
import { MOMENTS } from './moments.ts';
import { MORE_SHIPPED } from './more-shipped.ts';
import { NOT_COMPARED, readEvents } from './normal.ts';
import { SCENARIOS } from './scenarios.ts';
import { SHIPPED, SHIPPED_AT_FIRST } from './shipped.ts';

/** Every recorded stream has its case: a new recording is played by the simulator, or the reason why it cannot be stands here. */
const streams = path.join(import.meta.dirname, '../../../../test/streams/recorded');

/** Streams in which nothing happens. */
const SILENT: Readonly<Record<string, string>> = {
  'network-loss.client.ami': 'the client whose link was cut: it had logged in and heard nothing yet',
};

/** What the simulated exchange has not: it is the shipped house, where the lab has numbers, phones and programs of its own for these. */
const NOT_PLAYED: Readonly<Record<string, readonly string[]>> = {
  'a queue that plays an announcement to the agent first': [
    'announce',
    'announce-agent-gone',
    'announce-caller-gone',
  ],
  'a queue that asks its agent to accept the call first': [
    ...['queue-confirm', 'queue-confirm-timeout', 'queue-confirm-refused'],
    ...['queue-confirm-caller-gone', 'queue-confirm-next'],
  ],
  'a phone that takes a call by INVITE with Replaces': ['pickup-replaces', 'pickup-replaces-queue'],
  'a number that rings phones without a queue': ['direct', 'direct-group', 'direct-mobile', 'direct-pickup'],
  'a phone that sends its calls on (302)': ['forward', 'forward-outside', 'internal-forward'],
  'an extension that rings several phones, or for another time': [
    'internal-group',
    'internal-mobile',
    'internal-no-answer',
  ],
  'one number that leads through two queues': ['queue-continue', 'queue-to-queue'],
  'Local members that ring at once, and a busy phone behind one': ['local-member-busy'],
  'an Originate of another kind than that of Ringdesk': [
    'originate-application',
    'originate-customer-first',
    'originate-local',
  ],
  'a conference': [
    'redirect-conference',
    'conference-direct',
    'conference-of-three',
    'conference-transfer',
    'conference-transfer-attended',
  ],
  'a mailbox without a queue before it, and MiniVM': [
    'minivm',
    'minivm-hangup-in-greeting',
    'voicemail-direct',
    'voicemail-hangup-in-greeting',
  ],
  'a group that rings for an attended transfer': ['blonde-transfer-group', 'blonde-transfer-refer-group'],
  'an outgoing call that is given away': ['outbound-transfer'],
  'an agent who logs in once and stays on the line': ['agent-login'],
  'a house of another shape: phones with names, Local channels in a row, groups and follow-me': [
    ...['freepbx-queue', 'freepbx-queue-next', 'freepbx-ringgroup', 'freepbx-ringgroup-confirm'],
    ...['freepbx-followme', 'freepbx-followme-refused', 'issabel-hunt', 'issabel-forward'],
    ...['mikopbx-queue', 'mikopbx-forward', 'mikopbx-abandoned', 'wazo-queue', 'wazo-queue-refused'],
    ...['forward-no-answer', 'forward-no-answer-outside', 'forward-unconditional', 'linear-group'],
    ...['blocked-caller', 'mobile-registers-late', 'pickup-recorded'],
  ],
  'calls that an application bridges, and a meeting room': [
    'switchboard',
    'adhoc-conference',
    'meeting-room',
  ],
  'a recording that is muted for a while': ['recording-paused'],
};

test('no recording is forgotten, and no case is without its recording', () => {
  const recordings = readdirSync(streams, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.ami(\.gz)?$/.test(file),
  );
  const cases = new Set([
    ...[SCENARIOS, SHIPPED_AT_FIRST, SHIPPED, MORE_SHIPPED, COME_BACK].flatMap((table) =>
      Object.keys(table).map((name) => `${name}.ami`),
    ),
    ...Object.keys(AT_ONCE).map((name) => `${name}.ami.gz`),
    ...Object.values(MOMENTS).flatMap(({ files }) => files),
    ...Object.keys(SILENT),
    ...Object.values(NOT_PLAYED).flatMap((names) => names.map((name) => `${name}.ami`)),
  ]);
  expect(recordings.sort()).toEqual([...cases].sort());
  expect(recordings.length).toBeGreaterThan(60);
});

test.each(Object.entries(SILENT))('%s is silent: %s', (file) => {
  const events = readEvents(readFileSync(path.join(streams, file), 'utf8'));
  expect(events.filter(({ name }) => !NOT_COMPARED.has(name))).toEqual([]);
});
