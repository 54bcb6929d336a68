import { pause, type Scenario } from './scenario.ts';

const clickToCall = (number: string, reference: string) => ({
  Action: 'Originate',
  Channel: 'PJSIP/1001',
  Context: 'from-agents',
  Exten: `9${number}`,
  Priority: 1,
  Timeout: 15_000,
  Async: 'true',
  CallerID: `"Click to call" <${number}>`,
  Variable: `__CALLREF=${reference}`,
});

const ofAgent = (fields: Record<string, string>) => (fields['Channel'] ?? '').startsWith('PJSIP/1001-');

/** Calls that agents place. */
export const outboundScenarios: Scenario[] = [
  {
    name: 'originate',
    what: 'click to call: the agent’s phone first, then the customer',
    run: async ({ lab, ami }) => {
      await lab.phones(['1001']);
      const customer = lab.outside('agent', { ringMs: 1500, talkMs: 5000 });
      const over = ami.event('Hangup', ofAgent);
      await ami.action(clickToCall('79165550001', 'click-0001'));
      await over;
      await customer.stop();
    },
  },
  {
    name: 'originate-agent-busy',
    what: 'click to call, but the agent’s phone is busy',
    run: async ({ lab, ami }) => {
      await lab.phones(['1001'], 'agent-busy');
      const answer = ami.event('OriginateResponse');
      await ami.action(clickToCall('79165550001', 'click-0002'));
      await answer;
    },
  },
  {
    name: 'originate-customer-no-answer',
    what: 'click to call, the agent answers, the customer does not',
    run: async ({ lab, ami }) => {
      await lab.phones(['1001'], 'agent', { talkMs: 6000 });
      const customer = lab.outside('agent-noanswer');
      const over = ami.event('Hangup', ofAgent);
      await ami.action(clickToCall('79165550001', 'click-0003'));
      await over;
      await customer.stop();
    },
  },
  {
    name: 'outbound',
    what: '1002 dials 9 and a number',
    run: async ({ lab }) => {
      const customer = lab.outside('agent', { ringMs: 1500 });
      await lab.agentCall('1002', '979165550002', 4000).done;
      await customer.stop();
    },
  },
  {
    name: 'outbound-busy',
    what: 'as outbound, but the number is busy',
    run: async ({ lab }) => {
      const customer = lab.outside('agent-busy');
      await lab.agentCall('1002', '979165550002', 4000).done;
      await customer.stop();
    },
  },
  {
    name: 'internal',
    what: '1002 calls 1005',
    run: async ({ lab }) => {
      await lab.phones(['1005']);
      await lab.agentCall('1002', '1005', 4000).done;
    },
  },
  {
    name: 'agent-phone-dies',
    what: 'an agent’s phone loses its network in mid-call, the caller hangs up',
    run: async ({ lab, ami }) => {
      const phones = await lab.phones(['1001']);
      const connected = ami.event('AgentConnect');
      const call = lab.call({ to: '2000', talkMs: 7000 });
      await connected;
      await pause(2000);
      await phones.stop();
      await call.done;
    },
  },
];
