import type { AmiProbe } from '../lab.ts';
import { caller, pause, type Scenario, type Stage } from './scenario.ts';

const pausing = (ami: AmiProbe, agent: string) => (paused: boolean, reason?: string, queue?: string) =>
  ami.action({
    Action: 'QueuePause',
    ...(queue === undefined ? {} : { Queue: queue }),
    Interface: `PJSIP/${agent}`,
    Paused: String(paused),
    ...(reason === undefined ? {} : { Reason: reason }),
  });

const hugo = { Queue: 'sales', MemberName: 'Hugo Silva', StateInterface: 'PJSIP/1008' };

async function callThroughMember({ lab, ami }: Stage, member: string): Promise<void> {
  await lab.phones(['1008']);
  await ami.action({ Action: 'QueueAdd', ...hugo, Interface: member });
  await lab.call({ to: '2000', talkMs: 5000 }).done;
  await ami.idle();
  await ami.action({ Action: 'QueueRemove', Queue: 'sales', Interface: member });
}

/** Agents as members of queues. */
export const memberScenarios: Scenario[] = [
  {
    name: 'pause',
    what: 'paused with reasons, in one queue and in all, idle and in a call',
    run: async ({ lab, ami }) => {
      await lab.phones(['1003']);
      const set = pausing(ami, '1003');
      await set(true, 'Lunch', 'sales');
      await set(false, undefined, 'sales');
      await set(true, 'Training / обучение');
      await set(true, 'Coffee');
      await set(false);
      await set(true, 'not a member', 'complaints');
      const connected = ami.event('AgentConnect');
      const call = lab.call({ to: '2000', talkMs: 4000 });
      await connected;
      await pause(1000);
      await set(true, 'After call work');
      await call.done;
      await set(false);
    },
  },
  {
    name: 'member-removed-in-call',
    what: 'a member logs out while it talks',
    run: async ({ lab, ami }) => {
      await lab.phones(['1008']);
      await ami.action({ Action: 'QueueAdd', ...hugo, Interface: 'PJSIP/1008' });
      const connected = ami.event('AgentConnect');
      const call = lab.call({ to: '2000', talkMs: 6000 });
      await connected;
      await pause(1500);
      await ami.action({ Action: 'QueueRemove', Queue: 'sales', Interface: 'PJSIP/1008' });
      await call.done;
    },
  },
  {
    name: 'local-member',
    what: 'the member is dialled through a Local channel',
    run: (stage) => callThroughMember(stage, 'Local/1008@local-agent/n'),
  },
  {
    name: 'local-member-optimized',
    what: 'the same without /n: the Local channels optimise themselves away',
    run: (stage) => callThroughMember(stage, 'Local/1008@local-agent'),
  },
  {
    name: 'local-member-busy',
    what: 'the phone behind the Local member is busy, another lets it ring, a third answers',
    run: async ({ lab, ami }) => {
      const behind = ['1005', '1007', '1008'];
      const names: Record<string, string> = { 1005: 'Elena Weiss', 1007: 'Greta Holm', 1008: 'Hugo Silva' };
      const member = (agent: string) => ({
        Queue: 'complaints',
        Interface: `Local/${agent}@local-agent/n`,
        MemberName: names[agent] ?? agent,
      });
      const desks = ['1006', '1007', '1008'].map((agent) => `PJSIP/${agent}`);
      const pauseDesks = async (paused: boolean) => {
        for (const Interface of desks)
          await ami.action({ Action: 'QueuePause', Queue: 'complaints', Interface, Paused: String(paused) });
      };
      await lab.phones(['1005'], 'agent-busy');
      await lab.phones(['1007'], 'agent-noanswer');
      await lab.phones(['1008'], 'agent', { ringMs: 2500 });
      await pauseDesks(true);
      for (const agent of behind) await ami.action({ Action: 'QueueAdd', ...member(agent) });
      await lab.call({ to: '2002', talkMs: 6000 }).done;
      for (const agent of behind) await ami.action({ Action: 'QueueRemove', ...member(agent) });
      await pauseDesks(false);
    },
  },
  {
    name: 'agent-login',
    what: '1001 logs in once and stays on the line (AgentLogin); three callers, one after the other',
    run: async ({ lab, ami }) => {
      const member = { Queue: 'sales', Interface: 'Local/1001@logged-in/n' };
      const loggedIn = ami.event('AgentLogin');
      const shift = lab.agentCall('1001', '8200', 24_000);
      await loggedIn;
      await ami.action({
        Action: 'QueueAdd',
        ...member,
        MemberName: 'Anna Petrova',
        StateInterface: 'Agent:1001',
      });
      for (const number of ['79160000001', '79160000002', '79160000003']) {
        await lab.call({ to: '2000', from: caller(number), talkMs: 5000 }).done;
        await pause(1500);
      }
      await ami.action({ Action: 'QueueRemove', ...member });
      await shift.done;
    },
  },
  {
    name: 'member-added-while-waiting',
    what: 'a caller waits, 1008 logs in to the queue and gets it',
    run: async ({ lab, ami }) => {
      await lab.phones(['1008']);
      const joined = ami.event('QueueCallerJoin');
      const call = lab.call({ to: '2000', talkMs: 14_000 });
      await joined;
      await pause(2000);
      await ami.action({ Action: 'QueueAdd', ...hugo, Interface: 'PJSIP/1008' });
      await call.done;
      await ami.action({ Action: 'QueueRemove', Queue: 'sales', Interface: 'PJSIP/1008' });
    },
  },
];
