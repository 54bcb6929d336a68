import type { AmiFields } from '../lab.ts';
import { pause, type Scenario, type Stage } from './scenario.ts';

/** Connects a caller with an agent of sales and resolves 1.5 s into their talk. */
export async function talking({ lab, ami }: Stage, talkMs: number) {
  const connected = ami.event('AgentConnect', (fields) => fields['Queue'] === 'sales');
  const call = lab.call({ to: '2000', talkMs });
  const fields = await connected;
  await pause(1500);
  return { call, callerChannel: fields['Channel'] ?? '', agentChannel: fields['DestChannel'] ?? '' };
}

/** The same with a desk phone that then holds the caller. */
export async function holding({ lab }: Stage, talkMs: number) {
  const phone = await lab.deskPhone('1001');
  const answered = phone.answered();
  const call = lab.call({ to: '2000', talkMs });
  const first = await answered;
  await pause(1500);
  await phone.hold(first);
  return { call, phone, first };
}

async function parked({ ami }: Stage, caller: string, agent: string, timeoutMs: number): Promise<void> {
  const announce = { TimeoutChannel: agent, AnnounceChannel: agent, Timeout: timeoutMs };
  await ami.action({ Action: 'Park', Channel: caller, ...announce });
}

const dialled = (agent: string) => (fields: AmiFields) =>
  (fields['DestChannel'] ?? '').startsWith(`PJSIP/${agent}-`) && fields['DialStatus'] === 'ANSWER';

const inSupport = (fields: AmiFields) => fields['Queue'] === 'support';

const atxfer = (channel: string, extension: string) => ({
  Action: 'Atxfer',
  Channel: channel,
  Context: 'from-agents',
  Exten: extension,
});

/** How a caller goes from one agent to another. */
export const transferScenarios: Scenario[] = [
  {
    name: 'blind-transfer-queue',
    what: '1001 refers the caller to 2001 (support), 1004 answers',
    run: async ({ lab }) => {
      await lab.phones(['1001'], 'agent-refer', { referTo: '2001' });
      await lab.phones(['1004']);
      await lab.call({ to: '2000', talkMs: 9000 }).done;
    },
  },
  {
    name: 'blind-transfer-agent',
    what: '1001 refers the caller to 1005',
    run: async ({ lab }) => {
      await lab.phones(['1001'], 'agent-refer', { referTo: '1005' });
      await lab.phones(['1005']);
      await lab.call({ to: '2000', talkMs: 9000 }).done;
    },
  },
  {
    name: 'blind-transfer-ami',
    what: 'the same by AMI',
    run: async (stage) => {
      await stage.lab.phones(['1001', '1005']);
      const { call, agentChannel } = await talking(stage, 7000);
      const to = { Context: 'from-agents', Exten: '1005' };
      await stage.ami.action({ Action: 'BlindTransfer', Channel: agentChannel, ...to });
      await call.done;
    },
  },
  {
    name: 'blind-transfer-fails',
    what: '1001 refers the caller to an extension that does not exist',
    run: async ({ lab }) => {
      await lab.phones(['1001'], 'agent-refer', { referTo: '7777' });
      await lab.call({ to: '2000', talkMs: 6000 }).done;
    },
  },
  {
    name: 'attended-transfer',
    what: '1001 asks 1005 first (AMI Atxfer), then hangs up: the caller talks to 1005',
    run: async (stage) => {
      await stage.lab.phones(['1001', '1005']);
      const { call, agentChannel } = await talking(stage, 14_000);
      const target = stage.ami.event('DialEnd', dialled('1005'));
      await stage.ami.action(atxfer(agentChannel, '1005'));
      await target;
      await pause(2500);
      await stage.ami.action({ Action: 'Hangup', Channel: agentChannel, Cause: 16 });
      await call.done;
    },
  },
  {
    name: 'attended-transfer-queue',
    what: '1001 asks the support queue first (AMI Atxfer to 2001), 1004 answers, 1001 leaves',
    run: async (stage) => {
      await stage.lab.phones(['1001', '1004']);
      const { call, agentChannel } = await talking(stage, 14_000);
      const taken = stage.ami.event('AgentConnect', inSupport);
      await stage.ami.action(atxfer(agentChannel, '2001'));
      await taken;
      await pause(2500);
      await stage.ami.action({ Action: 'Hangup', Channel: agentChannel, Cause: 16 });
      await call.done;
    },
  },
  {
    name: 'attended-transfer-cancel',
    what: '1001 begins an attended transfer to 1005 and takes the caller back (AMI CancelAtxfer)',
    run: async (stage) => {
      await stage.lab.phones(['1001']);
      await stage.lab.phones(['1005'], 'agent-noanswer');
      const { call, agentChannel } = await talking(stage, 10_000);
      await stage.ami.action(atxfer(agentChannel, '1005'));
      await pause(3500);
      await stage.ami.action({ Action: 'CancelAtxfer', Channel: agentChannel });
      await call.done;
    },
  },
  {
    name: 'attended-transfer-refer',
    what: 'as a desk phone does it: 1001 holds, calls 1005 on a second line, REFER with Replaces',
    run: async (stage) => {
      await stage.lab.phones(['1005']);
      const { call, phone, first } = await holding(stage, 10_000);
      const second = await phone.call('1005');
      await pause(2000);
      await phone.connect(first, second, '1005');
      await call.done;
    },
  },
  {
    name: 'attended-transfer-refer-queue',
    what: 'the same, but the second line is in the support queue and 1004 answers before the REFER',
    run: async (stage) => {
      await stage.lab.phones(['1004']);
      const { call, phone, first } = await holding(stage, 11_000);
      const taken = stage.ami.event('AgentConnect', inSupport);
      const second = await phone.call('2001');
      await taken;
      await pause(2000);
      await phone.connect(first, second, '2001');
      await call.done;
    },
  },
  {
    name: 'attended-transfer-refer-waiting',
    what: 'the same, but the REFER comes while the second line still waits in the support queue',
    run: async (stage) => {
      const { call, phone, first } = await holding(stage, 14_000);
      const second = await phone.call('2001');
      await pause(2000);
      await phone.connect(first, second, '2001');
      await pause(1500);
      await stage.lab.phones(['1004']);
      await call.done;
    },
  },
  {
    name: 'blind-transfer-in-consultation',
    what: '1001 holds, asks 1005 on a second line, and refers the caller to 2001 meanwhile',
    run: async (stage) => {
      await stage.lab.phones(['1005', '1004']);
      const { call, phone, first } = await holding(stage, 14_000);
      const second = await phone.call('1005');
      await pause(1500);
      await phone.refer(first, '2001');
      await pause(3000);
      await phone.hangUp(second);
      await call.done;
    },
  },
  {
    name: 'blind-transfer-voicemail',
    what: '1001 sends the caller to a mailbox (AMI BlindTransfer)',
    run: async (stage) => {
      await stage.lab.phones(['1001']);
      const { call, agentChannel } = await talking(stage, 12_000);
      const to = { Context: 'from-agents', Exten: '982000' };
      await stage.ami.action({ Action: 'BlindTransfer', Channel: agentChannel, ...to });
      await call.done;
    },
  },
  {
    name: 'redirect-talking',
    what: 'a program takes the caller from 1001 and puts it into support (AMI Redirect)',
    run: async (stage) => {
      await stage.lab.phones(['1001', '1004']);
      const { call, callerChannel } = await talking(stage, 9000);
      const to = { Context: 'did', Exten: '2001', Priority: 1 };
      await stage.ami.action({ Action: 'Redirect', Channel: callerChannel, ...to });
      await call.done;
    },
  },
  {
    name: 'redirect-conference',
    what: 'a program puts the caller, 1001 and then 1005 into a conference (AMI Redirect of both)',
    run: async (stage) => {
      await stage.lab.phones(['1001'], 'agent', { talkMs: 9000 });
      const { call, callerChannel, agentChannel } = await talking(stage, 9000);
      const room = { Context: 'from-agents', Exten: '8000', Priority: 1 };
      const extra = { ExtraContext: 'from-agents', ExtraExten: '8000', ExtraPriority: 1 };
      const both = { Channel: callerChannel, ExtraChannel: agentChannel };
      await stage.ami.action({ Action: 'Redirect', ...both, ...room, ...extra });
      await pause(1000);
      await stage.lab.agentCall('1005', '8000', 3000).done;
      await call.done;
    },
  },
  {
    name: 'listened-in',
    what: '1008 listens in on 1001',
    run: async (stage) => {
      await stage.lab.phones(['1001']);
      const { call } = await talking(stage, 6000);
      await stage.lab.agentCall('1008', '8100', 2500).done;
      await call.done;
    },
  },
  {
    name: 'park',
    what: '1001 parks the caller (AMI Park), 1005 takes it from the slot',
    run: async (stage) => {
      await stage.lab.phones(['1001']);
      const { call, callerChannel, agentChannel } = await talking(stage, 12_000);
      await parked(stage, callerChannel, agentChannel, 20_000);
      await pause(1000);
      await stage.moment('parked');
      await pause(1000);
      const fetching = stage.lab.agentCall('1005', '701', 3000);
      await pause(1500);
      await stage.moment('fetched');
      await fetching.done;
      await call.done;
    },
  },
  {
    name: 'park-two',
    what: '1001 parks one caller, 1002 another; 1005 takes the second',
    run: async (stage) => {
      await stage.lab.phones(['1001', '1002']);
      const one = await talking(stage, 14_000);
      const two = await talking(stage, 12_000);
      await parked(stage, one.callerChannel, one.agentChannel, 20_000);
      await parked(stage, two.callerChannel, two.agentChannel, 20_000);
      await pause(1000);
      await stage.moment('parked');
      const fetching = stage.lab.agentCall('1005', '702', 3000);
      await pause(1500);
      await stage.moment('fetched');
      await fetching.done;
      await one.call.done;
      await two.call.done;
    },
  },
  {
    name: 'park-returns',
    what: '1001 parks the caller, nobody fetches it for 3 s: it comes back to 1001',
    run: async (stage) => {
      await stage.lab.phones(['1001']);
      const { call, callerChannel, agentChannel } = await talking(stage, 9000);
      await parked(stage, callerChannel, agentChannel, 3000);
      await call.done;
    },
  },
];
