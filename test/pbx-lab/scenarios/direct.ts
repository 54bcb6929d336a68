import { pause, type Scenario } from './scenario.ts';

const moved = (forwardTo: string) => ({ code: 302, reason: 'Moved Temporarily', forwardTo });

/** Callers from outside whom no queue serves, and phones that send them elsewhere. */
export const directScenarios: Scenario[] = [
  {
    name: 'direct',
    what: '1001 lets it ring 4 s, then 1002 is rung and answers',
    run: async ({ lab }) => {
      await lab.phones(['1001'], 'agent-noanswer');
      await lab.phones(['1002']);
      await lab.call({ to: '2050', talkMs: 8000 }).done;
    },
  },
  {
    name: 'direct-group',
    what: '1001, 1002 and 1003 ring at once, 1002 answers, 1003 is busy',
    run: async ({ lab }) => {
      await lab.phones(['1001'], 'agent-noanswer');
      await lab.phones(['1002'], 'agent', { ringMs: 1500 });
      await lab.phones(['1003'], 'agent-busy');
      await lab.call({ to: '2051', talkMs: 5000 }).done;
    },
  },
  {
    name: 'direct-mobile',
    what: '1001 and a mobile phone ring at once, the mobile answers',
    run: async ({ lab }) => {
      await lab.phones(['1001'], 'agent-noanswer');
      const mobile = lab.outside('agent', { ringMs: 1500 });
      await lab.call({ to: '2052', talkMs: 5000 }).done;
      await mobile.stop();
    },
  },
  {
    name: 'direct-pickup',
    what: '1001 rings without a queue, 1002 takes the call',
    run: async ({ lab, ami }) => {
      await lab.phones(['1001'], 'agent-noanswer');
      const rings = ami.event('DialBegin');
      const call = lab.call({ to: '2051', talkMs: 9000 });
      await rings;
      await pause(1500);
      await lab.agentCall('1002', '*8', 4000).done;
      await call.done;
    },
  },
  {
    name: 'forward',
    what: 'the queue rings 1001, whose phone forwards to 1005 (302)',
    run: async ({ lab }) => {
      await lab.phones(['1001'], 'agent-busy', moved('1005'));
      await lab.phones(['1005']);
      await lab.call({ to: '2000', talkMs: 6000 }).done;
    },
  },
  {
    name: 'forward-outside',
    what: 'the queue rings 1001, whose phone forwards to a mobile phone',
    run: async ({ lab }) => {
      await lab.phones(['1001'], 'agent-busy', moved('979165550003'));
      const mobile = lab.outside('agent', { ringMs: 1500 });
      await lab.call({ to: '2000', talkMs: 6000 }).done;
      await mobile.stop();
    },
  },
];
