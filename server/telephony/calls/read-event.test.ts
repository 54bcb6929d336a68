import { type AmiFields, readEvent, readSnapshot, wantedEvents } from './index.ts';

/** Fields as they stand in a message; a field may repeat. */
function message(...lines: string[]): AmiFields {
  const fields = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')] as const;
  });
  const all = (name: string) => fields.flatMap(([key, value]) => (key === name ? [value] : []));
  return { all, get: (name) => all(name)[0] };
}

const time = 'Timestamp: 1795357080.191769';
const newchannel = (...more: string[]) =>
  readEvent(
    message('Event: Newchannel', time, 'Channel: PJSIP/trunk-00000000', 'Uniqueid: lab-1.0', ...more),
  );

describe('times', () => {
  test.each([
    ['1795357080.191769', 1795357080191],
    ['1795357080.000999', 1795357080000],
    ['1795357080.5', 1795357080500],
    ['1795357080', 1795357080000],
  ])('%s is %d', (timestamp, at) => {
    const event = readEvent(message('Event: Hold', `Timestamp: ${timestamp}`, 'Uniqueid: lab-1.0'));
    expect(event).toEqual({ type: 'Hold', at, channel: 'lab-1.0', on: true });
  });

  test('without a Timestamp the time of arrival counts, and without that there is no event', () => {
    const bare = message('Event: Hold', 'Uniqueid: lab-1.0');
    expect(readEvent(bare, 7)?.at).toBe(7);
    expect(readEvent(bare)).toBeNull();
  });

  test('whose a phone is needs no time: a recording may begin with the answer to the hints', () => {
    const hint = message('Event: ExtensionStatus', 'Exten: 411', 'Hint: PJSIP/anna');
    expect(readEvent(hint)).toMatchObject({ type: 'Hint', exten: '411', devices: ['PJSIP/anna'] });
    expect(readEvent(message('Event: DeviceStateChange', 'Device: PJSIP/anna'))).toBeNull();
  });

  test.each(['99999999999999999999', '99999999999.5', '-1', '1e9', 'NaN', 'garbage', '1795357080.5.5'])(
    'a Timestamp of %s is none: the time of arrival counts',
    (timestamp) => {
      const event = message('Event: Hold', `Timestamp: ${timestamp}`, 'Uniqueid: lab-1.0');
      expect(readEvent(event, 7)?.at).toBe(7);
    },
  );
});

test('a name loses what cannot be seen and turns it around', () => {
  expect(newchannel('CallerIDName: Ivan\u202e\u0000\u2066 Petrov\ufeff')).toMatchObject({
    callerName: 'Ivan Petrov',
  });
  expect(newchannel('CallerIDName: \u202e')).toMatchObject({ callerName: null });
});

test('two hundred variables in one event: what is sought among them is found', () => {
  const noise = Array.from({ length: 200 }, (_, n) => `ChanVariable: VAR_${n}=CALLERID(pres)=prohib; 100%`);
  const event = newchannel(...noise, 'ChanVariable: CALLERID(pres)=allowed', ...noise);
  expect(event).toMatchObject({ channel: 'lab-1.0', presentation: 'allowed' });
});

describe('names and numbers', () => {
  test.each([
    ['', null],
    ['<unknown>', null],
    ['unknown', null],
    ['anonymous', 'anonymous'],
    ['+79161234567', '+79161234567'],
  ])('the number %j is %j', (number, read) => {
    expect(newchannel(`CallerIDNum: ${number}`)).toMatchObject({ number: read });
  });

  test.each([
    ['Иван — «Ёлка»', 'Иван — «Ёлка»'],
    [String.raw`\"Best\" Ltd`, '"Best" Ltd'],
    [String.raw`A: \\\"B\\\" \\\\ x=1 `, String.raw`A: "B" \ x=1`],
    [String.raw`AC\\DC`, String.raw`AC\DC`],
    [String.raw`one\ntwo`, 'one two'],
    ['   ', null],
  ])('the name %j is %j', (name, read) => {
    expect(newchannel(`CallerIDName: ${name}`)).toMatchObject({ callerName: read });
  });
});

describe('whether the caller lets the number be shown', () => {
  test.each([
    ['ChanVariable: CALLERID(pres)=prohib_not_screened', 'withheld'],
    ['ChanVariable: CALLERID(pres)=prohib', 'withheld'],
    ['ChanVariable: CALLERID(pres)=unavailable', 'unavailable'],
    ['ChanVariable: CALLERID(pres)=allowed_passed_screen', 'allowed'],
    ['ChanVariable: CALLERID(pres)=', null],
    ['CID-CallingPres: 32 (Presentation Prohibited, User Number, Not Screened)', 'withheld'],
    ['CID-CallingPres: 67 (Number Unavailable)', 'unavailable'],
    ['CID-CallingPres: 0 (Presentation Allowed, Not Screened)', 'allowed'],
    ['Exten: 2000', null],
  ])('%s: %s', (line, read) => {
    expect(newchannel('ChanVariable: CALLREF=lab-1.0', line)).toMatchObject({ presentation: read });
  });
});

test('the file of a recording, when channelvars gives it', () => {
  expect(newchannel('ChanVariable: MIXMONITOR_FILENAME=/rec/1.wav')).toMatchObject({
    recording: '/rec/1.wav',
  });
  expect(newchannel('ChanVariable: MIXMONITOR_FILENAME=')).toMatchObject({ recording: null });
});

test('the file of a recording that was begun after the channel', () => {
  const entered = message(
    'Event: BridgeEnter',
    'Timestamp: 1.5',
    'Uniqueid: 1.2',
    'BridgeUniqueid: b',
    'BridgeType: basic',
    'ChanVariable: MIXMONITOR_FILENAME=/rec/1.wav',
  );
  expect(readEvent(entered)).toMatchObject({ type: 'BridgeEnter', recording: '/rec/1.wav' });
});

describe('members have other names in an answer than in an event', () => {
  const facts = {
    queue: 'sales',
    device: 'Local/1008@agents/n',
    stateDevice: 'PJSIP/1008',
    name: 'Hugo Silva',
    paused: true,
    pausedReason: 'Обед',
    penalty: 3,
    state: 'ringing',
  };
  const rest = [
    'Queue: sales',
    'StateInterface: PJSIP/1008',
    'Penalty: 3',
    'Paused: 1',
    'PausedReason: Обед',
    'Status: 6',
  ];

  test('an event', () => {
    const lines = [
      'Event: QueueMemberPause',
      time,
      'MemberName: Hugo Silva',
      'Interface: Local/1008@agents/n',
      ...rest,
    ];
    expect(readEvent(message(...lines))).toEqual({ type: 'Member', at: 1795357080191, ...facts });
  });

  test('a line of QueueStatus', () => {
    const line = message('Event: QueueMember', 'Name: Hugo Silva', 'Location: Local/1008@agents/n', ...rest);
    expect(readSnapshot([line, message('Event: QueueParams', 'Queue: sales')], 5)).toEqual({
      at: 5,
      channels: [],
      bridgeTypes: new Map(),
      entries: [],
      members: [facts],
      phones: [],
    });
  });

  test('a list item is no event', () => {
    expect(readEvent(message('Event: QueueMember', time, 'Location: PJSIP/1', ...rest))).toBeNull();
  });
});

test.each<[string, string[], object | null]>([
  ['a transfer that failed', ['BlindTransfer', 'Result: Fail', 'TransfererUniqueid: lab-1.1'], null],
  ['a digit that Asterisk plays itself', ['DTMFEnd', 'Uniqueid: lab-1.0', 'Direction: Sent'], null],
  ['a UserEvent of somebody else', ['UserEvent', 'UserEvent: Weather', 'Uniqueid: lab-1.0'], null],
  ['a mailbox without a call (Asterisk 16)', ['MessageWaiting', 'Mailbox: 2000@default', 'Waiting: 1'], null],
  ['an event nobody wants', ['VarSet', 'Uniqueid: lab-1.0'], null],
  [
    'no dialling channel (Originate)',
    ['DialBegin', 'DestUniqueid: lab-1.1', 'DialString: 1001'],
    { channel: null, dest: 'lab-1.1' },
  ],
  [
    'no channel but Queue and Interface',
    ['AgentComplete', 'Queue: sales', 'Interface: PJSIP/1001', 'Reason: caller'],
    { channel: null, dest: null },
  ],
  [
    'a rating',
    ['UserEvent', 'UserEvent: CSAT', 'Uniqueid: lab-1.0', 'Rating: 5'],
    { type: 'Survey', score: 5 },
  ],
  [
    'an invalid rating',
    ['UserEvent', 'UserEvent: CSAT', 'Uniqueid: lab-1.0', 'Rating: ', 'Digits: 9'],
    { type: 'Survey', score: null },
  ],
  [
    'a device',
    ['DeviceStateChange', 'Device: PJSIP/1001', 'State: RINGINUSE'],
    { type: 'Device', state: 'in-use' },
  ],
])('%s', (_what, [name, ...lines], read) => {
  const event = readEvent(message(`Event: ${name}`, time, ...lines));
  if (read === null) expect(event).toBeNull();
  else expect(event).toMatchObject(read);
});

test('what is wanted is what can be read, and the noise is not', () => {
  for (const noise of [
    'VarSet',
    'Newexten',
    'CEL',
    'TestEvent',
    'RTCPSent',
    'NewConnectedLine',
    'DialState',
  ]) {
    expect(wantedEvents.has(noise)).toBe(false);
  }
});
