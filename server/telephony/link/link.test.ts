import type { CallEvent } from '@ringdesk/shared/call-events';
import type { Interaction } from '@ringdesk/shared/interaction';
import { loadConfig } from '../../config/index.ts';
import { createLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { decodeAll } from '../ami/index.ts';
import { createCallState } from '../calls/index.ts';
import { nowhere } from '../journal/testing/nowhere.ts';
import { createFeed } from './feed.ts';
import { callOptions, createLink, type Link, type LinkState } from './index.ts';
import { type SmallPbx, startSmallPbx } from './testing/small-pbx.ts';

/** The link's own words in the stream (the gap, the snapshot) against a PBX whose clock is not ours, or that knows fewer actions. */

const hourMs = 3_600_000;
function follow(pbx: SmallPbx) {
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
  const ended: Interaction[] = [];
  const written: Uint8Array[] = [];
  const waiting = new Set<() => void>();
  const told = () => {
    for (const check of [...waiting]) check();
  };
  let now: LinkState = { kind: 'down', message: '' };
  let started = 0;
  const heard = new Set<string>();
  const link: Link = createLink({
    pbx: settings,
    state: createCallState(callOptions(config, settings)),
    journal: { ...nowhere, append: (bytes) => void written.push(bytes) },
    onEvents(events) {
      for (const event of events) {
        heard.add(event.type);
        if (event.type === 'call.started') started += 1;
        if (event.type === 'interaction.ended') ended.push(event.interaction);
      }
      told();
    },
    onState(next) {
      now = next;
      told();
    },
    onSegment() {},
    log: createLog({ level: 'silent', showPersonal: false }),
    metrics: createMetrics(),
    timing: { backoffMinMs: 10, backoffMaxMs: 20 },
  });
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!holds()) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  link.start();
  return {
    link,
    ended,
    state: (kind: LinkState['kind']) => until(() => now.kind === kind),
    says: (state: Partial<LinkState>) =>
      until(() =>
        Object.entries(state).every(([name, value]) => new Map(Object.entries(now)).get(name) === value),
      ),
    journal: () => Buffer.concat(written).toString(),
    calls: (count: number) => until(() => started >= count),
    hears: (type: CallEvent['type']) => until(() => heard.has(type)),
    over: (count: number) => until(() => ended.length >= count),
  };
}

const caller = (n: number) => [
  `Channel: PJSIP/trunk-0000000${n}`,
  `Uniqueid: lab-1.${n}`,
  `Linkedid: lab-1.${n}`,
  'CallerIDNum: 79161234567',
  'Exten: 2000',
  'ChannelState: 6',
];
const lengthOf = ({ startedAt, endedAt }: Interaction) => Date.parse(endedAt ?? '') - Date.parse(startedAt);

describe.each([
  ['an hour ahead', hourMs],
  ['an hour behind', -hourMs],
])('a PBX whose clock is %s', (_, clockAheadMs) => {
  let pbx: SmallPbx;
  let side: ReturnType<typeof follow>;
  beforeEach(async () => {
    pbx = await startSmallPbx(clockAheadMs);
    side = follow(pbx);
    await side.state('up');
  });
  afterEach(async () => {
    await side.link.stop();
    await pbx.stop();
  });

  test('a call that ends in a gap ends when the gap began, in the PBX`s time', async () => {
    pbx.say('Newchannel', caller(1));
    await side.calls(1);
    pbx.cut();
    await side.over(1);
    const [record] = side.ended;
    if (record === undefined) throw new Error('no record');
    expect(record.end).toBe('unknown');
    expect(Math.abs(Date.parse(record.startedAt) - pbx.now())).toBeLessThan(60_000);
    expect(lengthOf(record)).toBeLessThan(60_000);
  });

  test('a call that began in the gap began when the PBX says so', async () => {
    pbx.channels = [[...caller(2), 'Application: Queue', 'Duration: 00:00:10', 'BridgeId: ']];
    pbx.cut();
    await side.calls(1);
    pbx.say('Hangup', [...caller(2), 'Cause: 16']);
    await side.over(1);
    const [record] = side.ended;
    if (record === undefined) throw new Error('no record');
    expect(lengthOf(record)).toBeGreaterThanOrEqual(9_000);
    expect(lengthOf(record)).toBeLessThan(70_000);
  });
});

test('two callers in one parking lot are two calls; a PBX without BridgeList is followed all the same', async () => {
  const pbx = await startSmallPbx(0);
  const parked = (n: number) => [...caller(n), 'Application: Queue', 'Duration: 00:00:10', 'BridgeId: lot'];
  pbx.channels = [parked(1), parked(2)];
  pbx.bridges = [['BridgeUniqueid: lot', 'BridgeType: parking']];
  const side = follow(pbx);
  await side.state('up');
  pbx.channels = [];
  pbx.bridges = null;
  pbx.cut();
  await side.over(2);
  await side.state('up');
  expect(side.ended.map(({ id }) => id).sort()).toEqual(['lab-1.1', 'lab-1.2']);
  await side.link.stop();
  await pbx.stop();
});

test('what the PBX tells of its phones is known from the login on, and stands in the journal', async () => {
  const pbx = await startSmallPbx(0);
  pbx.hints = [['Exten: 201', 'Context: ext-local', 'Hint: PJSIP/anna']];
  const side = follow(pbx);
  await side.state('up');
  expect(side.journal()).toContain('Hint: PJSIP/anna');
  expect(side.journal()).toContain('Part: end');
  await side.link.stop();
  await pbx.stop();
});

describe('a call that is hung up on the desk', () => {
  const phone = ['Channel: PJSIP/1001-00000002', 'Uniqueid: lab-1.2', 'Linkedid: lab-1.1'];
  const dial = [
    'Channel: PJSIP/trunk-00000001',
    'Uniqueid: lab-1.1',
    'DestChannel: PJSIP/1001-00000002',
    'DestUniqueid: lab-1.2',
  ];
  let pbx: SmallPbx;
  let side: ReturnType<typeof follow>;
  beforeEach(async () => {
    pbx = await startSmallPbx(0);
    side = follow(pbx);
    await side.state('up');
    pbx.say('Newchannel', caller(1));
    pbx.say('Newchannel', [...phone, 'CallerIDNum: 1001', 'ChannelState: 0']);
    pbx.say('DialBegin', dial);
    pbx.hangups = phone.slice(1);
  });
  afterEach(async () => {
    await side.link.stop();
    await pbx.stop();
  });

  async function hungUp() {
    await side.link.action('Hangup', { Channel: 'PJSIP/1001-00000002' });
    pbx.say('Hangup', [...caller(1), 'Cause: 16']);
    await side.over(1);
    return side.ended[0];
  }

  test('while it is talked was ended by the agent: Asterisk itself names nobody, and its queue the caller', async () => {
    pbx.say('DialEnd', [...dial, 'DialStatus: ANSWER']);
    for (const lines of [caller(1), phone])
      pbx.say('BridgeEnter', [...lines, 'BridgeUniqueid: b1', 'BridgeNumChannels: 1']);
    await side.hears('leg.answered');
    const record = await hungUp();
    expect(record?.legs).toMatchObject([{ agent: '1001', outcome: 'answered', endedBy: 'agent' }]);
    expect(record?.end).toBe('agent');
  });

  test('while it rings was declined', async () => {
    await side.hears('leg.offered');
    const record = await hungUp();
    expect(record?.legs).toMatchObject([{ agent: '1001', outcome: 'declined' }]);
  });
});

describe('a PBX that does not time its events', () => {
  test('is followed by their arrival, by its clock; it is said; and the journal tells the same', async () => {
    const pbx = await startSmallPbx(hourMs);
    pbx.timestamps = false;
    const side = follow(pbx);
    await side.says({ kind: 'up', warning: null });
    pbx.say('Newchannel', caller(1));
    await side.says({ kind: 'up', warning: 'no-timestamps' });
    pbx.say('Hangup', [...caller(1), 'Cause: 16']);
    await side.over(1);
    const [record] = side.ended;
    expect(Math.abs(Date.parse(record?.startedAt ?? '') - pbx.now())).toBeLessThan(60_000);
    const again = createFeed(createCallState({ pbx: 'main', toE164: () => null }));
    const replayed = decodeAll(Buffer.from(side.journal())).flatMap((message) => again(message));
    const ended = replayed.flatMap((e) => (e.type === 'interaction.ended' ? [e.interaction] : []));
    expect(ended.map(({ startedAt, endedAt }) => [startedAt, endedAt])).toEqual([
      [record?.startedAt, record?.endedAt],
    ]);
    await side.link.stop();
    await pbx.stop();
  });

  test('and does from now on: the warning goes', async () => {
    const pbx = await startSmallPbx(0);
    pbx.timestamps = false;
    const side = follow(pbx);
    await side.state('up');
    pbx.say('Newchannel', caller(1));
    await side.says({ warning: 'no-timestamps' });
    pbx.timestamps = true;
    pbx.say('Newstate', caller(1));
    await side.says({ kind: 'up', warning: null });
    await side.link.stop();
    await pbx.stop();
  });
});

test('an Asterisk that is too old is not up: it says which is needed', async () => {
  const pbx = await startSmallPbx(0, { version: '11.25.3', ami: '1.3' });
  const side = follow(pbx);
  await side.says({ kind: 'down', tooOld: true });
  expect(side.link.state).toMatchObject({
    message: expect.stringMatching(/Asterisk 11\.25\.3 \(AMI 1\.3\) is too old.*16 or newer/),
  });
  await side.link.stop();
  await pbx.stop();
});

test('events and fields that nobody knows silence nothing', async () => {
  const pbx = await startSmallPbx(0, { version: '99.0.0-beta1', ami: '42.0.0' });
  const side = follow(pbx);
  await side.state('up');
  pbx.say('ChannelTeleported', ['Channel: ???', 'To: <unknown>', 'To: elsewhere']);
  pbx.say('Newchannel', [...caller(1), 'Mood: fine', 'ChanVariable: A=B']);
  pbx.say('Newstate', ['Uniqueid: ', 'ChannelState: NaN']);
  pbx.say('BridgeEnter', ['Uniqueid: lab-1.1']);
  pbx.say('Hangup', [...caller(1), 'Cause: so-so']);
  await side.over(1);
  expect(side.ended[0]?.number).toBe('+79161234567');
  await side.link.stop();
  await pbx.stop();
});
