import type { CallEvent } from '@ringdesk/shared/call-events';
import { loadConfig } from '../../config/index.ts';
import { callOptions } from '../../telephony/link/index.ts';
import { type SmallPbx, startSmallPbx } from '../../telephony/link/testing/small-pbx.ts';
import { teller } from '../teller.ts';
import { watchNextCall } from './watch.ts';

/** The next call of a PBX, told as it goes on; the one that is open already is not it. */

let pbx: SmallPbx;
afterEach(() => pbx.stop());

const channel = (n: number) => [
  `Channel: PJSIP/trunk-0000000${n}`,
  `Uniqueid: lab-1.${n}`,
  `Linkedid: lab-1.${n}`,
  'CallerIDNum: 79161234567',
  'Exten: 2000',
  'ChannelState: 6',
];

async function watched(onReady: () => void, signal = new AbortController().signal) {
  const config = loadConfig({
    PBX_HOST: '127.0.0.1',
    PBX_PORT: String(pbx.port),
    PBX_EVENTS_USER: 'reads',
    PBX_EVENTS_SECRET: 'x',
    PBX_ACTIONS_USER: 'acts',
    PBX_ACTIONS_SECRET: 'x',
  });
  const [settings] = config.pbx;
  if (settings === undefined) throw new Error('no PBX in the settings');
  const lines: string[] = [];
  let why: (device: string) => string | null = () => null;
  const print = (line: string) => lines.push(line.replace(/^[ \d.]+/, ''));
  const tell = teller(print, { whyPhone: (device) => why(device) });
  const onEvents = (events: readonly CallEvent[], whyPhone: (device: string) => string) => {
    why = whyPhone;
    events.forEach(tell);
  };
  const finding = await watchNextCall(settings, callOptions(config, settings), { onEvents, onReady, signal });
  return { finding, lines };
}

test('ends when a call that began meanwhile is over', async () => {
  pbx = await startSmallPbx(0);
  pbx.channels = [[...channel(1), 'Application: Queue', 'Duration: 00:00:10', 'BridgeId: ']];
  const { finding, lines } = await watched(() => {
    pbx.say('Hangup', [...channel(1), 'Cause: 16']);
    pbx.say('Newchannel', channel(2));
    pbx.say('Hangup', [...channel(2), 'Cause: 16']);
  });
  expect(finding).toBeNull();
  expect(lines.filter((line) => /begins|is over/.test(line))).toEqual([
    'Call 1 begins: from outside, +79161234567 for 2000.',
    expect.stringMatching(/^Call 1 is over after/),
    'Call 2 begins: from outside, +79161234567 for 2000.',
    expect.stringMatching(/^Call 2 is over after/),
  ]);
});

test('says why a device is taken for a phone', async () => {
  pbx = await startSmallPbx(0);
  const phone = ['Channel: PJSIP/1001-00000003', 'Uniqueid: lab-1.3', 'Linkedid: lab-1.2', 'ChannelState: 0'];
  const { lines } = await watched(() => {
    pbx.say('Newchannel', channel(2));
    pbx.say('Newchannel', [...phone, 'Exten: s']);
    pbx.say('DialBegin', [
      ...channel(2),
      'DestChannel: PJSIP/1001-00000003',
      'DestUniqueid: lab-1.3',
      'DialString: 1001',
    ]);
    pbx.say('Hangup', [...phone, 'Cause: 16']);
    pbx.say('Hangup', [...channel(2), 'Cause: 16']);
  });
  expect(lines).toContain(
    'Call 1: PJSIP/1001, a phone of ours (agent 1001: its name looks like an extension, which is a guess), takes part.',
  );
});

test('ends when it is told to', async () => {
  pbx = await startSmallPbx(0);
  const ended = new AbortController();
  expect(await watched(() => ended.abort(), ended.signal)).toEqual({ finding: null, lines: [] });
});

test('a PBX that does not answer is a finding', async () => {
  pbx = await startSmallPbx(0);
  await pbx.stop();
  const { finding } = await watched(() => undefined);
  expect(finding).toMatchObject({ verdict: 'failed', text: expect.stringMatching(/not reachable/) });
  pbx = await startSmallPbx(0);
});
