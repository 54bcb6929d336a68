import { caller, pause, type Scenario } from './scenario.ts';

/** What becomes of a caller in a queue. */
export const queueScenarios: Scenario[] = [
  {
    name: 'answered',
    what: 'a caller to sales, 1001 answers, the caller hangs up',
    run: async ({ lab }) => {
      await lab.phones(['1001']);
      await lab.call({ to: '2000', from: caller('79161234567', 'Ivan Sidorov'), talkMs: 5000 }).done;
    },
  },
  {
    name: 'agent-hangup',
    what: 'as answered, but the agent hangs up first',
    run: async ({ lab }) => {
      await lab.phones(['1001'], 'agent', { talkMs: 4000 });
      await lab.call({ to: '2000', talkMs: 20_000 }).done;
    },
  },
  {
    name: 'abandoned',
    what: 'nobody answers in sales, the caller gives up after 5 s',
    run: async ({ lab }) => {
      await lab.phones(['1001'], 'agent-noanswer');
      await lab.call({ to: '2000', talkMs: 5000 }).done;
    },
  },
  {
    name: 'abandoned-unanswered',
    what: 'as abandoned, but the queue never answered the channel: CANCEL',
    run: async ({ lab }) => {
      await lab.phones(['1004'], 'agent-noanswer');
      await lab.call({ to: '2010', talkMs: 5000 }, 'caller-cancel').done;
    },
  },
  {
    name: 'ring-no-answer',
    what: '1001 lets it ring 8 s and is paused for it, then 1002 answers',
    run: async ({ lab, ami }) => {
      await lab.phones(['1001'], 'agent-noanswer');
      const missed = ami.event('AgentRingNoAnswer');
      const offered = ami.event('AgentCalled');
      const call = lab.call({ to: '2000', talkMs: 14_000 });
      await offered;
      await lab.phones(['1002']);
      await missed;
      const member = { Queue: 'sales', Interface: 'PJSIP/1001' };
      await ami.action({ Action: 'QueuePause', ...member, Paused: 'true', Reason: 'No answer' });
      await call.done;
    },
  },
  {
    name: 'busy-agent',
    what: '1001 answers 486, then 1002 answers',
    run: async ({ lab, ami }) => {
      const member = { Queue: 'sales', Interface: 'PJSIP/1002' };
      await lab.phones(['1001'], 'agent-busy');
      await lab.phones(['1002']);
      await ami.action({ Action: 'QueuePause', ...member, Paused: 'true' });
      const refused = ami.event('AgentRingNoAnswer');
      const call = lab.call({ to: '2000', talkMs: 7000 });
      await refused;
      await ami.action({ Action: 'QueuePause', ...member, Paused: 'false' });
      await call.done;
    },
  },
  {
    name: 'declined-agent',
    what: '1001 declines with 603, again and again, until the caller gives up',
    run: async ({ lab }) => {
      await lab.phones(['1001'], 'agent-busy', { code: 603, reason: 'Decline' });
      await lab.call({ to: '2000', talkMs: 5000 }).done;
    },
  },
  {
    name: 'ringall',
    what: 'complaints rings 1006, 1007 and 1008 at once, 1007 answers first',
    run: async ({ lab }) => {
      await lab.phones(['1006', '1008'], 'agent-noanswer');
      await lab.phones(['1007'], 'agent', { ringMs: 1500 });
      await lab.call({ to: '2002', talkMs: 5000 }).done;
    },
  },
  {
    name: 'wait-then-answer',
    what: 'no phone is registered for 4 s, then one comes and gets the waiting caller',
    run: async ({ lab, ami }) => {
      const joined = ami.event('QueueCallerJoin');
      const call = lab.call({ to: '2000', talkMs: 10_000 });
      await joined;
      await pause(4000);
      await lab.phones(['1002']);
      await call.done;
    },
  },
  {
    name: 'three-waiting',
    what: 'three callers, one agent: they move up',
    run: async ({ lab }) => {
      await lab.phones(['1001'], 'agent', { talkMs: 4000 });
      const calls = [];
      for (const n of [1, 2, 3]) {
        calls.push(
          lab.call({ to: '2000', from: caller(`7916000000${n}`, `Waiting ${n}`), talkMs: 40_000 }).done,
        );
        await pause(500);
      }
      await Promise.all(calls);
    },
  },
  {
    name: 'queue-timeout-voicemail',
    what: 'nobody answers for 6 s, the caller leaves a message',
    run: async ({ lab }) => {
      await lab.phones(['1001'], 'agent-noanswer');
      // SIPp's sound lasts 6 s: it must begin when the greeting is over, or nothing is recorded.
      const values = { to: '2003', keysAfterMs: 14_500, talkMs: 5000 };
      await lab.call(values, 'caller-dtmf', { sound: true }).done;
    },
  },
  {
    name: 'exit-with-key',
    what: 'the caller presses 1 while waiting: a callback request',
    run: async ({ lab }) => {
      await lab.phones(['1001'], 'agent-noanswer');
      await lab.call({ to: '2000', keys: '1', keysAfterMs: 4000, talkMs: 8000 }, 'caller-dtmf').done;
    },
  },
  {
    name: 'hold',
    what: 'the agent holds the caller 2.5 s and takes the call back',
    run: async ({ lab }) => {
      await lab.phones(['1004'], 'agent-hold');
      await lab.call({ to: '2001', talkMs: 9000 }).done;
    },
  },
  {
    name: 'pickup',
    what: 'a caller rings 1001, 1002 takes the call with *8',
    run: async ({ lab, ami }) => {
      await lab.phones(['1001'], 'agent-noanswer');
      const offered = ami.event('AgentCalled');
      const call = lab.call({ to: '2000', talkMs: 9000 });
      await offered;
      await pause(1500);
      await lab.agentCall('1002', '*8', 4000).done;
      await call.done;
    },
  },
  {
    name: 'two-calls-one-caller',
    what: 'the same number calls sales and support at the same time',
    run: async ({ lab }) => {
      await lab.phones(['1001', '1004']);
      const from = caller('79161234567', 'Twice');
      const first = lab.call({ to: '2000', from, talkMs: 7000 });
      await pause(500);
      await lab.call({ to: '2001', from, talkMs: 5000 }).done;
      await first.done;
    },
  },
  {
    name: 'shared-agent',
    what: '1003 serves sales and support: busy in one, the other waits for it',
    run: async ({ lab }) => {
      await lab.phones(['1003']);
      const first = lab.call({ to: '2000', from: caller('79160000001', 'First'), talkMs: 6000 });
      await pause(1500);
      await lab.call({ to: '2001', from: caller('79160000002', 'Second'), talkMs: 12_000 }).done;
      await first.done;
    },
  },
  {
    name: 'queue-to-queue',
    what: 'sales for 4 s, then support, where 1004 answers; the dialplan says nothing of it',
    run: async ({ lab }) => {
      await lab.phones(['1001'], 'agent-noanswer');
      await lab.phones(['1004']);
      await lab.call({ to: '2005', talkMs: 14_000 }).done;
    },
  },
  {
    name: 'queue-continue',
    what: '1001 hangs up, and the caller goes on into support, to 1004',
    run: async ({ lab }) => {
      await lab.phones(['1001', '1004'], 'agent', { talkMs: 3000 });
      await lab.call({ to: '2006', talkMs: 20_000 }).done;
    },
  },
  {
    name: 'announce',
    what: '1001 hears an announcement before the caller is put through',
    run: async ({ lab }) => {
      await lab.phones(['1001']);
      await lab.call({ to: '2007', talkMs: 9000 }).done;
    },
  },
  {
    name: 'announce-caller-gone',
    what: 'the caller hangs up while 1001 hears the announcement',
    run: async ({ lab }) => {
      await lab.phones(['1001']);
      await lab.call({ to: '2007', talkMs: 2000 }).done;
    },
  },
  {
    name: 'announce-agent-gone',
    what: '1001 hangs up during the announcement, the caller waits on and gets 1002',
    run: async ({ lab, ami }) => {
      const phones = await lab.phones(['1001'], 'agent', { talkMs: 900 });
      const gone = ami.event('Hangup', (fields) => (fields['Channel'] ?? '').includes('/1001-'));
      const call = lab.call({ to: '2007', talkMs: 12_000 });
      await gone;
      await phones.stop();
      await lab.phones(['1002']);
      await call.done;
    },
  },
  {
    name: 'ringall-8',
    what: 'eight phones ring at once, 1004 answers, 1002 is busy',
    run: async ({ lab, ami }) => {
      const others = ['1001', '1002', '1003', '1004', '1005'];
      const member = (agent: string) => ({ Queue: 'complaints', Interface: `PJSIP/${agent}` });
      for (const agent of others) await ami.action({ Action: 'QueueAdd', ...member(agent) });
      await lab.phones(['1001', '1003', '1005', '1006', '1007', '1008'], 'agent-noanswer');
      await lab.phones(['1002'], 'agent-busy');
      await lab.phones(['1004'], 'agent', { ringMs: 1500 });
      await lab.call({ to: '2002', talkMs: 5000 }).done;
      for (const agent of others) await ami.action({ Action: 'QueueRemove', ...member(agent) });
    },
  },
  {
    name: 'redirect-waiting',
    what: 'a program takes the waiting caller out of sales into support (AMI Redirect)',
    run: async ({ lab, ami }) => {
      await lab.phones(['1001'], 'agent-noanswer');
      await lab.phones(['1004']);
      // So that it is known that the dialplan reports how each stay ends.
      await lab.call({ to: '2000', talkMs: 1500 }).done;
      const offered = ami.event('AgentCalled');
      const call = lab.call({ to: '2000', talkMs: 8000 });
      const { Channel = '' } = await offered;
      await pause(1500);
      await ami.action({ Action: 'Redirect', Channel, Context: 'did', Exten: '2001', Priority: 1 });
      await call.done;
    },
  },
];
