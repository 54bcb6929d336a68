import type { AmiFields, Ari } from '../lab.ts';
import { caller, pause, type Scenario, type Stage } from './scenario.ts';

const anna = 'Y4sSJpnV';
const nils = 'k2Wq8mTz';

const channelOf = (device: string) => (fields: AmiFields) =>
  (fields['Channel'] ?? '').startsWith(`PJSIP/${device}-`);
const up = (device: string) => (fields: AmiFields) =>
  channelOf(device)(fields) && fields['ChannelState'] === '6';

/** A channel takes a moment from its answer, or a redirect, until it is the application's. */
async function addToBridge(ari: Ari, bridge: string, channel: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await ari.post(`bridges/${bridge}/addChannel`, { channel });
      return;
    } catch (error) {
      if (tries >= 40) throw error;
      await pause(50);
    }
  }
}

/** A caller to user 411, whose phone lets it ring 4 s. */
async function unanswered({ lab }: Stage, to: string): Promise<void> {
  await lab.phones([anna], 'agent-noanswer');
  await lab.phones([nils]);
  await lab.call({ to, talkMs: 5000 }).done;
}

/** The caller, and both lines of 411, who has called 412 on the second. */
async function consulting({ lab, ami }: Stage) {
  const phone = await lab.deskPhone(anna);
  await lab.phones([nils]);
  const answered = phone.answered();
  const customer = ami.event('Newchannel', channelOf('trunk'));
  const first = ami.event('Newchannel', channelOf(anna));
  const call = lab.call({ to: '4709', talkMs: 14_000 });
  const line = await answered;
  await pause(1500);
  await phone.hold(line);
  const colleague = ami.event('Newchannel', channelOf(nils));
  await phone.call('412');
  await pause(1500);
  const [outside, own, other] = await Promise.all([customer, first, colleague]);
  return { call, phone, line, outside, own, other };
}

/** A house of Wazo's shape: phones with random names, forwards of users, groups, and applications that bridge by themselves. */
export const wazoScenarios: Scenario[] = [
  {
    name: 'wazo-queue',
    what: 'the queue help-desk: its member is Local/id-7@agentcallback, which optimises itself away; the phone is called Y4sSJpnV',
    run: async ({ lab }) => {
      await lab.phones([anna]);
      await lab.call({ to: '4700', talkMs: 6000 }).done;
    },
  },
  {
    name: 'wazo-queue-refused',
    what: 'the same queue asks the agent to press 1; the phone behind the Local channel is picked up, and nothing is pressed',
    run: async ({ lab }) => {
      await lab.phones([anna]);
      await lab.call({ to: '4710', talkMs: 20_000 }).done;
    },
  },
  {
    name: 'forward-no-answer',
    what: '411 lets it ring 4 s, the dialplan goes on to 412, who answers',
    run: (stage) => unanswered(stage, '4701'),
  },
  {
    name: 'forward-no-answer-outside',
    what: '411 lets it ring 4 s, the dialplan goes on to a mobile outside, which answers',
    run: async (stage) => {
      const mobile = stage.lab.outside('agent', { ringMs: 1500 });
      await unanswered(stage, '4702');
      await mobile.stop();
    },
  },
  {
    name: 'forward-unconditional',
    what: '411 forwards everything to 412: the phone of 411 never rings',
    run: (stage) => unanswered(stage, '4703'),
  },
  {
    name: 'linear-group',
    what: 'a group that rings 411 for 4 s and then 412, each behind a Local channel in a Local channel',
    run: (stage) => unanswered(stage, '4704'),
  },
  {
    name: 'blocked-caller',
    what: '411 has blocked the caller, who hears a sentence and is hung up on; no phone rings',
    run: async ({ lab }) => {
      await lab.phones([anna]);
      await lab.call({ to: '4705', from: caller('79166660013', 'Blocked') }).done;
    },
  },
  {
    name: 'mobile-registers-late',
    what: 'the mobile phone of 413 is woken by the call and registers 2.5 s later; then it rings and answers',
    run: async ({ lab, ami }) => {
      const arrived = ami.event('Newchannel');
      const call = lab.call({ to: '4706', talkMs: 5000 });
      await arrived;
      await pause(2500);
      await lab.phones(['m0bileVx']);
      await call.done;
    },
  },
  {
    name: 'recording-paused',
    what: 'the recording of a call in sales is paused (muted) for 1.5 s and resumed',
    run: async ({ lab, ami }) => {
      await lab.phones(['1001']);
      const connected = ami.event('AgentConnect');
      const call = lab.call({ to: '2000', talkMs: 6000 });
      const { Channel = '' } = await connected;
      for (const State of ['1', '0']) {
        await pause(1500);
        await ami.action({ Action: 'MixMonitorMute', Channel, Direction: 'both', State });
      }
      await call.done;
    },
  },
  {
    name: 'pickup-recorded',
    what: '411 rings, the call is being recorded; 412 takes it with *8411',
    run: async ({ lab, ami }) => {
      await lab.phones([anna], 'agent-noanswer');
      const rings = ami.event('DialBegin');
      const call = lab.call({ to: '4709', talkMs: 9000 });
      await rings;
      await pause(1500);
      await lab.agentCall(nils, '*8411', 4000).done;
      await call.done;
    },
  },
  {
    name: 'switchboard',
    what: 'the caller waits in an application, an operator takes the call: the application rings the phone and bridges both',
    run: async ({ lab, ami }) => {
      await lab.phones([anna]);
      const ari = await lab.stasis('switchboard');
      const waiting = ami.event('Newstate', up('trunk'));
      const call = lab.call({ to: '4707', talkMs: 9000 });
      const { Uniqueid: customer = '' } = await waiting;
      await ari.post('bridges', { type: 'holding', bridgeId: 'waiting' });
      await addToBridge(ari, 'waiting', customer);
      await pause(2000);
      const taken = ami.event('Newstate', up(anna));
      await ari.post('channels', {
        endpoint: `PJSIP/${anna}`,
        app: 'switchboard',
        callerId: '"Switchboard" <4707>',
      });
      const { Uniqueid: operator = '' } = await taken;
      await ari.post('bridges', { type: 'mixing', bridgeId: 'talk' });
      await addToBridge(ari, 'talk', operator);
      await addToBridge(ari, 'talk', customer);
      const left = ami.event('Hangup', channelOf('trunk'));
      await call.done;
      await left;
      await ari.remove(`channels/${operator}`);
      for (const bridge of ['talk', 'waiting']) await ari.remove(`bridges/${bridge}`);
      ari.close();
    },
  },
  {
    name: 'adhoc-conference',
    what: '411 holds the caller, asks 412 on a second line, and joins all three in an application’s bridge',
    run: async (stage) => {
      const { ami } = stage;
      const ari = await stage.lab.stasis('adhoc_conference');
      const { call, phone, line, outside, own, other } = await consulting(stage);
      const into = { Context: 'convert_to_stasis', Exten: 'adhoc_conference', Priority: 1 };
      const extra = {
        ExtraContext: 'convert_to_stasis',
        ExtraExten: 'adhoc_conference',
        ExtraPriority: 1,
      };
      const channel = (fields: AmiFields) => fields['Channel'] ?? '';
      await ari.post('bridges', { type: 'mixing', bridgeId: 'adhoc' });
      await ami.action({
        Action: 'Redirect',
        Channel: channel(outside),
        ExtraChannel: channel(own),
        ...into,
        ...extra,
      });
      await ami.action({ Action: 'Redirect', Channel: channel(other), ...into });
      for (const { Uniqueid = '' } of [outside, own, other]) await addToBridge(ari, 'adhoc', Uniqueid);
      await phone.resume(line);
      const left = ami.event('Hangup', channelOf('trunk'));
      await call.done;
      await left;
      for (const { Uniqueid = '' } of [own, other]) await ari.remove(`channels/${Uniqueid}`);
      await ari.remove('bridges/adhoc');
      ari.close();
    },
  },
  {
    name: 'meeting-room',
    what: 'a caller from outside, 411 and then 412 meet in a room; 411 leaves first, the caller last',
    run: async ({ lab }) => {
      const call = lab.call({ to: '4708', talkMs: 9000 });
      await pause(1500);
      const first = lab.agentCall(anna, '4708', 3000);
      await pause(1000);
      await lab.agentCall(nils, '4708', 4000).done;
      await first.done;
      await call.done;
    },
  },
];
