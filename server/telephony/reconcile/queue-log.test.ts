import { queueLogEntries, readQueueLog } from './queue-log.ts';

/** Rows as a real Asterisk 22 wrote them, shortened: time, caller, queue, agent, event, data. */
const entriesOf = (lines: string) =>
  queueLogEntries(
    readQueueLog(
      lines
        .trim()
        .split('\n')
        .map((line) => `17953570${line.trim()}`)
        .join('\n'),
    ),
  );

const second = (n: number) => 1_795_357_000 + n;

describe('queue_log as queue entries', () => {
  test('answered, the caller hangs up', () => {
    expect(
      entriesOf(`
        80|lab-0.0|sales|NONE|ENTERQUEUE||79161234567|1|Ivan Sidorov
        81|lab-0.0|sales|Anna Petrova|CONNECT|1|lab-0.1|0
        85|lab-0.0|sales|Anna Petrova|COMPLETECALLER|1|4|1`),
    ).toEqual([
      {
        callId: 'lab-0.0',
        queue: 'sales',
        enteredAt: second(80),
        leftAt: second(81),
        waitSeconds: 1,
        position: 1,
        outcome: 'answered',
        agent: 'Anna Petrova',
        talkSeconds: 4,
        endedBy: 'caller',
      },
    ]);
  });

  test.each([
    ['abandoned', 5, 'ABANDON|1|1|5'],
    ['timeout', 8, 'EXITWITHTIMEOUT|1|1|8'],
    ['key', 3, 'EXITWITHKEY|1|1|1|3'],
    ['empty', 4, 'EXITEMPTY|1|1|4'],
    ['withdrawn', 6, 'WITHDRAW|1|1|6'],
  ])('left without an agent: %s', (outcome, waitSeconds, event) => {
    expect(
      entriesOf(`
        10|lab-0.0|sales|NONE|ENTERQUEUE||79161234567|2|Caller
        18|lab-0.0|sales|Anna Petrova|RINGNOANSWER|8000
        18|lab-0.0|sales|NONE|${event}`),
    ).toMatchObject([
      { outcome, waitSeconds, leftAt: second(18), position: 2, agent: null, talkSeconds: null },
    ]);
  });

  test('a blind transfer to another queue is a second entry of the same caller', () => {
    expect(
      entriesOf(`
        10|lab-0.64|sales|NONE|ENTERQUEUE||79161234567|1|Caller
        11|lab-0.64|sales|Anna Petrova|CONNECT|1|lab-0.65|0
        13|lab-0.64|sales|Anna Petrova|BLINDTRANSFER|2001|from-agents|1|2|1
        13|lab-0.64|support|NONE|ENTERQUEUE||79161234567|1|Caller
        14|lab-0.64|support|Dmitri Orlov|CONNECT|1|lab-0.66|0
        20|lab-0.64|support|Dmitri Orlov|COMPLETEAGENT|1|6|1`),
    ).toMatchObject([
      { queue: 'sales', agent: 'Anna Petrova', talkSeconds: 2, endedBy: 'transfer' },
      { queue: 'support', agent: 'Dmitri Orlov', talkSeconds: 6, endedBy: 'agent' },
    ]);
  });

  test('the same queue twice is two entries', () => {
    expect(
      entriesOf(`
        10|lab-0.1|sales|NONE|ENTERQUEUE||7|1|
        11|lab-0.1|sales|Anna Petrova|CONNECT|1|lab-0.2|0
        13|lab-0.1|sales|Anna Petrova|BLINDTRANSFER|2000|from-agents|1|2|1
        13|lab-0.1|sales|NONE|ENTERQUEUE||7|1|
        19|lab-0.1|sales|NONE|ABANDON|1|1|6`).map(({ outcome, enteredAt }) => [outcome, enteredAt]),
    ).toEqual([
      ['answered', second(10)],
      ['abandoned', second(13)],
    ]);
  });

  test('an attended transfer over a waiting second line: the entry goes on under the customer’s channel', () => {
    expect(
      entriesOf(`
        62|lab-0.58|sales|NONE|ENTERQUEUE||79161234567|1|Caller
        62|lab-0.58|sales|Anna Petrova|CONNECT|0|lab-0.59|0
        64|lab-0.60|support|NONE|ENTERQUEUE||1001|1|Anna Petrova
        66|lab-0.58|sales|Anna Petrova|ATTENDEDTRANSFER|APP|Queue|0|4|1
        73|lab-0.58|support|Dmitri Orlov|CONNECT|9|lab-0.62|0
        77|lab-0.58|support|Dmitri Orlov|COMPLETECALLER|9|4|1`),
    ).toMatchObject([
      { callId: 'lab-0.58', queue: 'sales', talkSeconds: 4, endedBy: 'transfer' },
      { callId: 'lab-0.58', queue: 'support', enteredAt: second(64), waitSeconds: 9, agent: 'Dmitri Orlov' },
    ]);
  });

  test('the same, and the customer gives up in the second queue: told by wait and first position', () => {
    expect(
      entriesOf(`
        28|lab-0.160|support|NONE|ENTERQUEUE||79161000060|4|Caller 60
        29|lab-0.172|support|NONE|ENTERQUEUE||1002|5|Boris Ivanov
        30|lab-0.121|sales|Boris Ivanov|ATTENDEDTRANSFER|APP|Queue|1|3|1
        31|lab-0.121|support|NONE|ABANDON|2|5|2`),
    ).toMatchObject([
      { callId: 'lab-0.160', outcome: null },
      { callId: 'lab-0.121', position: 5, outcome: 'abandoned', waitSeconds: 2 },
    ]);
  });

  test('an attended transfer whose row goes by the agent’s second line', () => {
    expect(
      entriesOf(`
        48|lab-0.232|sales|NONE|ENTERQUEUE||79161000103|5|Caller 103
        48|lab-0.232|sales|Anna Petrova|CONNECT|0|lab-0.243|0
        50|lab-0.269|sales|Anna Petrova|ATTENDEDTRANSFER|APP|Answer|0|2|5`),
    ).toMatchObject([{ callId: 'lab-0.232', talkSeconds: 2, endedBy: 'transfer' }]);
  });

  test('a crash leaves no end: the outcome is unknown, and no time is made up', () => {
    expect(
      entriesOf(`
        29|lab-0.2100|support|NONE|ENTERQUEUE||79161234567|1|Caller
        29|lab-0.2101|sales|NONE|ENTERQUEUE||79161234567|1|Caller
        30|lab-0.2100|support|Anna Petrova|CONNECT|1|lab-0.2102|0
        34|NONE|NONE|NONE|QUEUESTART|`),
    ).toMatchObject([
      { outcome: 'answered', talkSeconds: null, endedBy: null },
      { outcome: 'unknown', leftAt: null, waitSeconds: null },
    ]);
  });

  test('rows of members, pauses and ring-outs make no entry; nor does half a line', () => {
    expect(
      entriesOf(`
        10|MANAGER|sales|Hugo Silva|ADDMEMBER|
        11|NONE|NONE|Clara Nowak|PAUSEALL|Training / обучение
        12|lab-0.1|sales|Anna Petrova|RINGCANCELED|5026
        13|lab-0.1|sal`),
    ).toEqual([]);
  });

  test('a caller who still waits is an open entry, whatever the name holds', () => {
    expect(entriesOf('10|lab-0.1|sales|NONE|ENTERQUEUE||7|3|A | B')).toMatchObject([
      { outcome: null, leftAt: null, position: 3 },
    ]);
  });
});
