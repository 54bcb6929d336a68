import { pause, type Scenario, type Stage } from './scenario.ts';

/** 1002 dials; resolves when the phone rings. */
async function ringing({ lab, ami }: Stage, to: string) {
  const rings = ami.event('DialBegin');
  const call = lab.agentCall('1002', to, 4000);
  const { DestChannel: channel = '' } = await rings;
  return { call, channel };
}

/** Colleagues who call each other: no customer, no queue. */
export const insideScenarios: Scenario[] = [
  {
    name: 'internal',
    what: '1002 calls 1005',
    run: async ({ lab }) => {
      await lab.phones(['1005']);
      await lab.agentCall('1002', '1005', 4000).done;
    },
  },
  {
    name: 'internal-no-answer',
    what: '1002 calls 1005, who lets it ring 4 s',
    run: async ({ lab }) => {
      await lab.phones(['1005'], 'agent-noanswer');
      await lab.agentCall('1002', '1102', 4000).done;
    },
  },
  {
    name: 'internal-busy',
    what: '1002 calls 1005, whose phone is busy',
    run: async ({ lab }) => {
      await lab.phones(['1005'], 'agent-busy');
      await lab.agentCall('1002', '1005', 4000).done;
    },
  },
  {
    name: 'internal-group',
    what: '1002 calls an extension that rings 1005 and 1006, 1006 answers',
    run: async ({ lab }) => {
      await lab.phones(['1005'], 'agent-noanswer');
      await lab.phones(['1006'], 'agent', { ringMs: 1500 });
      await lab.agentCall('1002', '1100', 4000).done;
    },
  },
  {
    name: 'internal-mobile',
    what: '1002 calls an extension that rings 1005 and a mobile phone, 1005 answers',
    run: async ({ lab }) => {
      const mobile = lab.outside('agent-noanswer');
      await lab.phones(['1005'], 'agent', { ringMs: 1500 });
      await lab.agentCall('1002', '1101', 4000).done;
      await mobile.stop();
    },
  },
  {
    name: 'internal-pickup',
    what: '1002 calls 1001, 1005 takes the call with *81001',
    run: async (stage) => {
      await stage.lab.phones(['1001'], 'agent-noanswer');
      const { call } = await ringing(stage, '1001');
      await pause(1500);
      await stage.lab.agentCall('1005', '*81001', 3000).done;
      await call.done;
    },
  },
  {
    name: 'internal-forward',
    what: '1002 calls 1001, whose phone forwards to 1005 (302)',
    run: async ({ lab }) => {
      await lab.phones(['1001'], 'agent-busy', { code: 302, reason: 'Moved Temporarily', forwardTo: '1005' });
      await lab.phones(['1005']);
      await lab.agentCall('1002', '1001', 4000).done;
    },
  },
  {
    name: 'internal-transfer',
    what: '1002 calls 1005, who refers the call to 1001',
    run: async ({ lab }) => {
      await lab.phones(['1005'], 'agent-refer', { referTo: '1001' });
      await lab.phones(['1001']);
      await lab.agentCall('1002', '1005', 7000).done;
    },
  },
  {
    name: 'internal-transfer-by-caller',
    what: '1002 calls 1005 and gives 1005 to 1001 (AMI)',
    run: async (stage) => {
      await stage.lab.phones(['1005', '1001'], 'agent', { talkMs: 6000 });
      const up = stage.ami.event('BridgeEnter', (fields) => (fields['Channel'] ?? '').includes('/1002-'));
      const call = stage.lab.agentCall('1002', '1005', 9000);
      const { Channel = '' } = await up;
      await pause(1500);
      await stage.ami.action({ Action: 'BlindTransfer', Channel, Context: 'from-agents', Exten: '1001' });
      await call.done;
    },
  },
  {
    name: 'conference',
    what: '1002 and 1005 meet in a conference',
    run: async ({ lab }) => {
      const first = lab.agentCall('1002', '8000', 5000);
      await pause(1000);
      await lab.agentCall('1005', '8000', 3000).done;
      await first.done;
    },
  },
];
