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
  {
    name: 'originate-colleague',
    what: 'click to call a colleague: 1001 first, then 1005',
    run: async ({ lab, ami }) => {
      await lab.phones(['1001'], 'agent', { talkMs: 5000 });
      await lab.phones(['1005']);
      const over = ami.event('Hangup', ofAgent);
      await ami.action({ ...clickToCall('1005', 'click-0004'), Exten: '1005' });
      await over;
    },
  },
  {
    name: 'originate-local',
    what: 'click to call as other programs do it: Local/1001 first',
    run: async ({ lab, ami }) => {
      await lab.phones(['1001'], 'agent', { talkMs: 6000 });
      const customer = lab.outside('agent', { ringMs: 1000 });
      const over = ami.event('Hangup', ofAgent);
      await ami.action({ ...clickToCall('79165550001', 'click-0005'), Channel: 'Local/1001@from-agents' });
      await over;
      await customer.stop();
    },
  },
  {
    name: 'originate-customer-first',
    what: 'a dialler calls the customer, who then waits in sales for 1001',
    run: async ({ lab, ami }) => {
      await lab.phones(['1001'], 'agent', { talkMs: 3000 });
      const customer = lab.outside('agent', { ringMs: 1000 });
      const over = ami.event('AgentComplete');
      const numbers = { Channel: 'PJSIP/79165550001@trunk', CallerID: '"Campaign" <4955550100>' };
      await ami.action({ ...clickToCall('', 'click-0006'), ...numbers, Context: 'did', Exten: '2000' });
      await over;
      await ami.idle();
      await customer.stop();
    },
  },
  {
    name: 'originate-application',
    what: 'a program rings 1001 and plays something',
    run: async ({ lab, ami }) => {
      await lab.phones(['1001']);
      const over = ami.event('Hangup', ofAgent);
      await ami.action({
        Action: 'Originate',
        Channel: 'PJSIP/1001',
        Application: 'Playback',
        Data: 'vm-goodbye',
        Async: 'true',
      });
      await over;
    },
  },
];
