import fc from 'fast-check';
import { Refusal } from '../../platform/errors.ts';
import { type ActionFields, AmiError, AmiMessage } from '../ami/index.ts';
import { createControl } from './index.ts';
import { targetOf } from './target.ts';

const settings = {
  outboundPrefix: '9',
  extensionDigits: 5,
  agentContext: 'from-agents',
  queueExtensions: { sales: '2000', support: '2001' },
};

function recorder(answer: () => Promise<unknown> = () => Promise.resolve({})) {
  const sent: { name: string; fields: ActionFields }[] = [];
  const actions = {
    action(name: string, fields: ActionFields = {}) {
      sent.push({ name, fields });
      return answer();
    },
  };
  return { sent, control: createControl({ actions, settings, now: () => 1_795_357_080_000 }) };
}

async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  const outcome = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (outcome instanceof Refusal) return outcome;
  throw new Error(`expected a refusal, got ${String(outcome)}`);
}

test.each([
  ['sales', '2000'],
  ['1005', '1005'],
  ['*8', '*8'],
  ['*811223344', '*811223344'],
  ['600', '600'],
  ['+7 (916) 555-00-01', '979165550001'],
  ['8 916 555 00 01', '989165550001'],
  ['+112', '9112'],
])('%s is dialled as %s', (to, exten) => {
  expect(targetOf(to, settings).exten).toBe(exten);
});

test.each([
  '',
  'billing',
  'toString',
  '1005,1,Hangup',
  '7916555&SIP/1',
  '9\r\nAction: Originate',
  '12+34',
  '…',
])('nothing is dialled for %j', (to) => {
  expect(() => targetOf(to, settings)).toThrow(Refusal);
});

test('whatever is asked for, only digits, * and # get into the dialplan', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (to) => {
      try {
        expect(targetOf(to, settings).exten).toMatch(/^[0-9*#]+$/);
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
      }
    }),
  );
});

test('a click rings the agent`s phone first, then dials out; the phone shows the number', async () => {
  const { sent, control } = recorder();
  const uniqueid = await control.dial({ device: 'PJSIP/1001', agent: '1001', number: '+79165550001' });
  expect(sent).toEqual([
    {
      name: 'Originate',
      fields: {
        Channel: 'PJSIP/1001',
        Context: 'from-agents',
        Exten: '979165550001',
        Priority: '1',
        Timeout: '20000',
        CallerID: '<79165550001>',
        Async: 'true',
        ChannelId: uniqueid,
        Variable: ['RINGDESK_AGENT=1001'],
      },
    },
  ]);
  expect(uniqueid).toMatch(/^ringdesk-1795357080\.\d+$/);
});

test('a colleague who is called sees who calls', async () => {
  const { sent, control } = recorder();
  await control.dial({ device: 'PJSIP/1001', agent: '1001', number: '1005' });
  expect(sent[0]?.fields).toMatchObject({ Exten: '1005', CallerID: '<1001>' });
});

test.each([
  [
    'blind, to a queue',
    (c) => c.blindTransfer('PJSIP/1001-1', 'support'),
    'BlindTransfer',
    { Channel: 'PJSIP/1001-1', Context: 'from-agents', Exten: '2001' },
  ],
  [
    'attended, to a colleague',
    (c) => c.attendedTransfer('PJSIP/1001-1', '1005'),
    'Atxfer',
    { Channel: 'PJSIP/1001-1', Context: 'from-agents', Exten: '1005' },
  ],
  [
    'completing it',
    (c) => c.completeAttended('PJSIP/1001-1'),
    'Hangup',
    { Channel: 'PJSIP/1001-1', Cause: '16' },
  ],
  ['taking it back', (c) => c.cancelAttended('PJSIP/1001-1'), 'CancelAtxfer', { Channel: 'PJSIP/1001-1' }],
  ['hanging up', (c) => c.hangUp('PJSIP/1001-1'), 'Hangup', { Channel: 'PJSIP/1001-1', Cause: '16' }],
  [
    'a break in all queues',
    (c) => c.pause('PJSIP/1001', true, 'lunch'),
    'QueuePause',
    { Interface: 'PJSIP/1001', Paused: 'true', Reason: 'lunch' },
  ],
  [
    'back in one queue',
    (c) => c.pause('PJSIP/1001', false, '', 'sales'),
    'QueuePause',
    { Interface: 'PJSIP/1001', Paused: 'false', Queue: 'sales' },
  ],
] satisfies [string, (c: ReturnType<typeof createControl>) => Promise<void>, string, ActionFields][])(
  '%s',
  async (_what, act, name, fields) => {
    const { sent, control } = recorder();
    await act(control);
    expect(sent).toEqual([{ name, fields }]);
  },
);

test('says in Asterisk`s words why it refused', async () => {
  const response = AmiMessage.from([
    ['Response', 'Error'],
    ['Message', 'No such channel'],
  ]);
  const { control } = recorder(() => Promise.reject(new AmiError('refused', 'x', response)));
  const refusal = await refusalOf(control.hangUp('PJSIP/1001-1'));
  expect(refusal.code).toBe('pbx-refused');
  expect(refusal.message).toBe('Asterisk refused Hangup: No such channel');
});

test.each(['timeout', 'closed', 'protocol'] as const)('%s: the PBX is not there', async (code) => {
  const { control } = recorder(() => Promise.reject(new AmiError(code, 'x')));
  expect((await refusalOf(control.hangUp('PJSIP/1001-1'))).code).toBe('pbx-unavailable');
});

test('a number that is none is refused before anything is sent', async () => {
  const { sent, control } = recorder();
  const refusal = await refusalOf(control.dial({ device: 'PJSIP/1001', agent: '1001', number: '0; rm' }));
  expect(refusal.code).toBe('bad-input');
  expect(sent).toEqual([]);
});
