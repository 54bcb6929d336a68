import { caller, type Scenario, type Stage } from './scenario.ts';

const menu = (to: string, keys: string, more = {}) => ({ to, keys, keysAfterMs: 2500, ...more });

async function toSales({ lab }: Stage, from: string, headers?: string): Promise<void> {
  await lab.phones(['1001']);
  await lab.call({ to: '2000', from, talkMs: 3000, ...(headers === undefined ? {} : { headers }) }).done;
}

/** Who calls, and what callers key in. */
export const partyScenarios: Scenario[] = [
  {
    name: 'ivr',
    what: 'the menu: presses 2, lands in support',
    run: async ({ lab }) => {
      await lab.phones(['1004']);
      await lab.call(menu('2100', '2', { talkMs: 6000 }), 'caller-dtmf').done;
    },
  },
  {
    name: 'ivr-invalid',
    what: 'the menu: presses 9 (invalid), then 1',
    run: async ({ lab }) => {
      await lab.phones(['1001']);
      await lab.call(menu('2100', '91', { keyGapMs: 6000, talkMs: 3000 }), 'caller-dtmf').done;
    },
  },
  {
    name: 'csat',
    what: 'the agent hangs up, the caller goes on to the survey and rates 5',
    run: async ({ lab }) => {
      await lab.phones(['1001'], 'agent', { talkMs: 3000 });
      await lab.call({ to: '2004', keys: '5', keysAfterMs: 6500, talkMs: 6000 }, 'caller-dtmf').done;
    },
  },
  {
    name: 'csat-hangup',
    what: 'the agent hangs up, the caller hangs up in the survey',
    run: async ({ lab }) => {
      await lab.phones(['1001'], 'agent', { talkMs: 3000 });
      await lab.call({ to: '2004', talkMs: 6000 }).done;
    },
  },
  {
    name: 'anonymous',
    what: 'no caller number: From anonymous, Privacy: id',
    run: (stage) => toSales(stage, '"Anonymous" <sip:anonymous@anonymous.invalid>', 'Privacy: id'),
  },
  {
    name: 'anonymous-pai',
    what: 'a withheld number that the carrier asserts',
    run: (stage) =>
      toSales(
        stage,
        '"Anonymous" <sip:anonymous@anonymous.invalid>',
        'P-Asserted-Identity: <sip:79161112233@carrier.invalid>\nPrivacy: id',
      ),
  },
  {
    name: 'cyrillic',
    what: 'a caller name in Cyrillic',
    run: (stage) => toSales(stage, caller('79161234567', 'Пётр Щукин — ООО «Ёлка»')),
  },
  {
    name: 'odd-name',
    what: 'a caller name with a colon, quotes, a backslash and 70 characters',
    run: (stage) =>
      toSales(stage, caller('+79161234567', `A: \\"B\\" \\\\ Response: Success, x=1; ${'long '.repeat(7)}`)),
  },
  {
    name: 'odd-characters',
    what: 'a caller name with percent signs, semicolons, quotes, and a number in another form',
    run: (stage) => toSales(stage, '"50%20; \\"A\\" <b> , 100%" <sip:007-916(123)45%2067@carrier.invalid>'),
  },
];
