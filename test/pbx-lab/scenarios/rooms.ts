import type { AmiFields } from '../lab.ts';
import { pause, type Scenario, type Stage } from './scenario.ts';
import { holding, talking } from './transfer.ts';

const room = { Context: 'from-agents', Exten: '8001' };

// SIPp's sound lasts 6 s: it must begin when the greeting is over, or nothing is recorded.
const afterGreeting = { keysAfterMs: 6500, talkMs: 5000 };

const intoRoom = (of: string) => (fields: AmiFields) => (fields['Channel'] ?? '').startsWith(`PJSIP/${of}-`);

/** A caller from outside who waits in the room until 1005 comes, and leaves last. */
async function metBy1005({ lab }: Stage): Promise<void> {
  await pause(1500);
  await lab.agentCall('1005', '8001', 4000).done;
}

/** Customers in conferences, and what else answers a caller: mailboxes. */
export const roomScenarios: Scenario[] = [
  {
    name: 'conference-transfer',
    what: '1001 sends the caller to a conference (AMI BlindTransfer), where 1005 comes 1.5 s later',
    run: async (stage) => {
      await stage.lab.phones(['1001']);
      const { call, agentChannel } = await talking(stage, 11_000);
      await stage.ami.action({ Action: 'BlindTransfer', Channel: agentChannel, ...room });
      await metBy1005(stage);
      await call.done;
    },
  },
  {
    name: 'conference-transfer-attended',
    what: '1005 sits in a conference; 1001 holds the caller, dials into it on a second line, and connects both (REFER with Replaces)',
    run: async (stage) => {
      const { lab, ami } = stage;
      const joined = ami.event('ConfbridgeJoin', intoRoom('1005'));
      const colleague = lab.agentCall('1005', '8001', 14_000);
      await joined;
      const phone = await lab.deskPhone('1001');
      const answered = phone.answered();
      const call = lab.call({ to: '2000', talkMs: 14_000 });
      const first = await answered;
      await pause(1500);
      await phone.hold(first);
      const second = await phone.call('8001');
      await pause(2000);
      await phone.connect(first, second, '8001');
      await call.done;
      await colleague.done;
    },
  },
  {
    name: 'conference-of-three',
    what: '1001 puts the caller and itself into a conference (AMI Redirect of both), 1005 dials in for 3 s and leaves, 1001 and the caller go on',
    run: async (stage) => {
      await stage.lab.phones(['1001'], 'agent', { talkMs: 11_000 });
      const { call, callerChannel, agentChannel } = await talking(stage, 12_000);
      await stage.ami.action({
        Action: 'Redirect',
        Channel: callerChannel,
        ExtraChannel: agentChannel,
        ...room,
        Priority: 1,
        ExtraContext: room.Context,
        ExtraExten: room.Exten,
        ExtraPriority: 1,
      });
      await pause(1000);
      await stage.lab.agentCall('1005', '8001', 3000).done;
      await call.done;
    },
  },
  {
    name: 'conference-direct',
    what: 'a caller lands in a meeting room, where 1005 comes 1.5 s later',
    run: async (stage) => {
      const call = stage.lab.call({ to: '2023', talkMs: 9000 });
      await metBy1005(stage);
      await call.done;
    },
  },
  {
    name: 'minivm',
    what: '1001 lets it ring 3 s, MiniVM greets and records 5 s',
    run: async ({ lab }) => {
      await lab.phones(['1001'], 'agent-noanswer');
      await lab.call({ to: '2020', ...afterGreeting }, 'caller-dtmf', { sound: true }).done;
    },
  },
  {
    name: 'minivm-hangup-in-greeting',
    what: 'the same, but the caller hangs up while MiniVM greets',
    run: async ({ lab }) => {
      await lab.phones(['1001'], 'agent-noanswer');
      await lab.call({ to: '2020', talkMs: 2500 }).done;
    },
  },
  {
    name: 'voicemail-direct',
    what: '1001 lets it ring 3 s, VoiceMail greets and records',
    run: async ({ lab }) => {
      await lab.phones(['1001'], 'agent-noanswer');
      await lab.call({ to: '2021', ...afterGreeting }, 'caller-dtmf', { sound: true }).done;
    },
  },
  {
    name: 'voicemail-hangup-in-greeting',
    what: 'the same, but the caller hangs up while VoiceMail greets',
    run: async ({ lab }) => {
      await lab.phones(['1001'], 'agent-noanswer');
      await lab.call({ to: '2021', talkMs: 2500 }).done;
    },
  },
  {
    name: 'queue-confirm',
    what: 'the queue asks 1004 to press 1 before the caller is put through; 1004 does',
    run: async ({ lab }) => {
      await lab.phones(['1004'], 'agent-accepts', { keysAfterMs: 1000 });
      await lab.call({ to: '2022', talkMs: 10_000 }).done;
    },
  },
  {
    name: 'queue-confirm-timeout',
    what: 'the queue asks 1004 to press 1; 1004’s voicemail presses nothing, and Asterisk hangs up on it and on the caller',
    run: async ({ lab }) => {
      await lab.phones(['1004']);
      await lab.call({ to: '2022', talkMs: 25_000 }).done;
    },
  },
  {
    name: 'queue-confirm-refused',
    what: 'the queue asks 1004 to press 1; 1004 hangs up, and Asterisk hangs up on the caller',
    run: async ({ lab }) => {
      await lab.phones(['1004'], 'agent', { talkMs: 2000 });
      await lab.call({ to: '2022', talkMs: 25_000 }).done;
    },
  },
  {
    name: 'queue-confirm-caller-gone',
    what: 'the queue asks 1004 to press 1; the caller hangs up before 1004 does',
    run: async ({ lab }) => {
      await lab.phones(['1004'], 'agent-accepts', { keysAfterMs: 3500 });
      await lab.call({ to: '2022', talkMs: 3500 }).done;
    },
  },
  {
    name: 'queue-confirm-next',
    what: 'the queue asks 1004 to press 1; 1004 hangs up, the dialplan goes on to complaints, where 1006 answers',
    run: async ({ lab }) => {
      await lab.phones(['1004'], 'agent', { talkMs: 2000 });
      await lab.phones(['1006']);
      await lab.call({ to: '2024', talkMs: 12_000 }).done;
    },
  },
  {
    name: 'blonde-transfer-group',
    what: '1001 asks a group of 1005 and 1006 (AMI Atxfer) and hangs up while it rings; 1006 answers',
    run: async (stage) => {
      await stage.lab.phones(['1001']);
      await stage.lab.phones(['1005'], 'agent-noanswer');
      await stage.lab.phones(['1006'], 'agent', { ringMs: 5000 });
      const { call, agentChannel } = await talking(stage, 14_000);
      const rings = stage.ami.event('DialBegin', (fields) =>
        (fields['DestChannel'] ?? '').includes('/1006-'),
      );
      await stage.ami.action({
        Action: 'Atxfer',
        Channel: agentChannel,
        Context: 'from-agents',
        Exten: '1100',
      });
      await rings;
      await pause(1500);
      await stage.ami.action({ Action: 'Hangup', Channel: agentChannel, Cause: 16 });
      await call.done;
    },
  },
  {
    name: 'blonde-transfer-refer-group',
    what: 'as a desk phone does it: 1001 holds, dials the group of 1005 and 1006, REFER with Replaces while it rings; 1006 answers',
    run: async (stage) => {
      await stage.lab.phones(['1005'], 'agent-noanswer');
      await stage.lab.phones(['1006'], 'agent', { ringMs: 5000 });
      const { call, phone, first } = await holding(stage, 13_000);
      const second = await phone.dial('1100');
      await pause(1500);
      await phone.connect(first, second, '1100');
      await call.done;
    },
  },
  {
    name: 'pickup-replaces',
    what: '1001 rings without a queue, 1002 takes the call as desk phones do (INVITE with Replaces)',
    run: async ({ lab }) => {
      const desk = await lab.deskPhone('1001', 20_000);
      const other = await lab.deskPhone('1002');
      const rings = desk.rings();
      const call = lab.call({ to: '2050', talkMs: 7000 });
      const ringing = await rings;
      await pause(1500);
      await other.pickUp(ringing, '1001');
      await call.done;
    },
  },
  {
    name: 'pickup-replaces-queue',
    what: '1004 rings in support, 1008 takes the call as desk phones do (INVITE with Replaces)',
    run: async ({ lab }) => {
      const desk = await lab.deskPhone('1004', 20_000);
      const other = await lab.deskPhone('1008');
      const rings = desk.rings();
      const call = lab.call({ to: '2001', talkMs: 7000 });
      const ringing = await rings;
      await pause(1500);
      await other.pickUp(ringing, '1004');
      await call.done;
    },
  },
  {
    name: 'outbound-transfer',
    what: '1002 calls a customer and gives the customer to 1005 (AMI BlindTransfer)',
    run: async (stage) => {
      await stage.lab.phones(['1005'], 'agent', { talkMs: 5000 });
      const customer = stage.lab.outside('agent', { ringMs: 1500, talkMs: 9000 });
      const up = stage.ami.event('BridgeEnter', intoRoom('1002'));
      const call = stage.lab.agentCall('1002', '979165550002', 9000);
      const { Channel = '' } = await up;
      await pause(1500);
      await stage.ami.action({ Action: 'BlindTransfer', Channel, Context: 'from-agents', Exten: '1005' });
      await call.done;
      await customer.stop();
    },
  },
];
