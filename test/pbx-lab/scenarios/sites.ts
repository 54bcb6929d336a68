import { pause, type Scenario } from './scenario.ts';

/** Houses whose phones have names and whose queues and groups ring through Local channels: FreePBX, Issabel, MikoPBX. */
export const siteScenarios: Scenario[] = [
  {
    name: 'freepbx-queue',
    what: 'queue 490: 401 behind Local/401@from-queue/n, whose desk phone and browser ring at once; the desk phone answers',
    run: async ({ lab }) => {
      await lab.phones(['99401'], 'agent-noanswer');
      await lab.phones(['desk-anna'], 'agent', { ringMs: 1500 });
      await lab.call({ to: '4900', talkMs: 6000 }).done;
    },
  },
  {
    name: 'freepbx-queue-next',
    what: 'queue 490: 401 lets it ring in both places for 8 s, then 402 is rung and answers',
    run: async ({ lab }) => {
      await lab.phones(['desk-anna', '99401'], 'agent-noanswer');
      await lab.phones(['boris']);
      await lab.call({ to: '4900', talkMs: 15_000 }).done;
    },
  },
  {
    name: 'freepbx-ringgroup',
    what: 'ring group 690: the four phones of 401, 402 and 403 ring at once, that of 402 answers, that of 403 is busy',
    run: async ({ lab }) => {
      await lab.phones(['desk-anna', '99401'], 'agent-noanswer');
      await lab.phones(['boris'], 'agent', { ringMs: 1500 });
      await lab.phones(['403'], 'agent-busy');
      await lab.call({ to: '4901', talkMs: 5000 }).done;
    },
  },
  {
    name: 'freepbx-followme',
    what: '404 follow-me: the desk phone rings (FMPR), 2 s later a mobile (FMGL) that answers and presses 1',
    run: async ({ lab }) => {
      await lab.phones(['dora'], 'agent-noanswer');
      const mobile = lab.outside('agent-accepts', { ringMs: 1500, keysAfterMs: 2000 });
      await lab.call({ to: '4902', talkMs: 5000 }).done;
      await mobile.stop();
    },
  },
  {
    name: 'freepbx-followme-refused',
    what: 'the same, but the mobile’s voicemail picks up and presses nothing; the desk phone rings on until nobody has accepted for 18 s',
    run: async ({ lab }) => {
      await lab.phones(['dora'], 'agent-noanswer');
      const mobile = lab.outside('agent', { ringMs: 1000 });
      await lab.call({ to: '4902' }).done;
      await mobile.stop();
    },
  },
  {
    name: 'freepbx-ringgroup-confirm',
    what: 'ring group 691: 402 (LC) and a mobile (RG) that would have to accept with 1; 402 answers while the mobile is asked',
    run: async ({ lab }) => {
      await lab.phones(['boris'], 'agent', { ringMs: 3000 });
      const mobile = lab.outside('agent', { ringMs: 1000 });
      await lab.call({ to: '4903', talkMs: 5000 }).done;
      await mobile.stop();
    },
  },
  {
    name: 'issabel-hunt',
    what: 'ring group 692, one after the other: 403 lets it ring 4 s, 402 answers',
    run: async ({ lab }) => {
      await lab.phones(['403'], 'agent-noanswer');
      await lab.phones(['boris']);
      await lab.call({ to: '4904', talkMs: 5000 }).done;
    },
  },
  {
    name: 'issabel-forward',
    what: 'queue 491: its member 431 forwards everything to 432, so that two pairs of Local channels stand in a row',
    run: async ({ lab }) => {
      await lab.phones(['431'], 'agent-noanswer');
      await lab.phones(['432'], 'agent', { ringMs: 1500 });
      await lab.call({ to: '4905', talkMs: 6000 }).done;
    },
  },
  {
    name: 'mikopbx-queue',
    what: 'the queue’s caller is a Local channel, its member 421 another; phone and browser of 421 ring, the browser answers',
    run: async ({ lab }) => {
      await lab.phones(['421'], 'agent-noanswer');
      await lab.phones(['421-WS'], 'agent', { ringMs: 1500 });
      await lab.call({ to: '4800', talkMs: 6000 }).done;
    },
  },
  {
    name: 'mikopbx-forward',
    what: '422 lets it ring 5 s, the house rings 421 instead, all of it behind a Local channel',
    run: async ({ lab }) => {
      await lab.phones(['422'], 'agent-noanswer');
      await lab.phones(['421']);
      await lab.call({ to: '4802', talkMs: 5000 }).done;
    },
  },
  {
    name: 'mikopbx-abandoned',
    what: 'the caller gives up while 421 rings in the queue behind a Local channel',
    run: async ({ lab, ami }) => {
      await lab.phones(['421'], 'agent-noanswer');
      const offered = ami.event('AgentCalled');
      const call = lab.call({ to: '4800', talkMs: 5000 });
      await offered;
      await pause(500);
      await call.done;
    },
  },
];
