import type { QueueEntry } from '@ringdesk/shared/interaction';
import { compareEntries, type LiveEntry } from './compare.ts';
import type { QueueLogEntry } from './queue-log.ts';

const at = (seconds: number) => new Date((1_795_357_000 + seconds) * 1000).toISOString();
const live = (entry: Partial<QueueEntry> = {}, callId = 'lab-0.0'): LiveEntry => ({
  callId,
  entry: {
    queue: 'sales',
    enteredAt: at(10.2),
    leftAt: at(13.1),
    waitMs: 2900,
    position: 1,
    outcome: 'answered',
    agent: '1001',
    consultation: false,
    ...entry,
  },
});
const logged = (entry: Partial<QueueLogEntry> = {}): QueueLogEntry => ({
  callId: 'lab-0.0',
  queue: 'sales',
  enteredAt: 1_795_357_010,
  leftAt: 1_795_357_013,
  waitSeconds: 3,
  position: 1,
  outcome: 'answered',
  agent: 'Anna Petrova',
  talkSeconds: 5,
  endedBy: 'caller',
  ...entry,
});
const agentOf = (name: string) => (name === 'Anna Petrova' ? '1001' : name);
const compare = (ours: LiveEntry[], theirs: QueueLogEntry[]) => compareEntries(ours, theirs, agentOf);

describe('live entries against queue_log', () => {
  test('a member’s phone sent the call on: the log has the member, we who took it', () => {
    const taken = { ...live({ agent: '1005' }), rangInstead: ['1001'] };
    expect(compare([taken], [logged()]).mismatches).toEqual([]);
    expect(compare([{ ...taken, rangInstead: ['1002'] }], [logged()]).mismatches).toHaveLength(1);
  });

  test('the same, to the second', () => {
    expect(compare([live()], [logged()])).toEqual({ entries: 1, mismatches: [] });
  });

  test.each([
    ['the line was written in the next second', {}, { enteredAt: 1_795_357_011, waitSeconds: 2 }],
    [
      'a short wait is an abandon there',
      { outcome: 'short-abandoned', agent: null },
      { outcome: 'abandoned', agent: null },
    ],
    ['a callback is a key there', { outcome: 'callback', agent: null }, { outcome: 'key', agent: null }],
    [
      'both still open',
      { leftAt: null, waitMs: null, outcome: null, agent: null },
      { leftAt: null, waitSeconds: null, outcome: null, agent: null },
    ],
    [
      'the agent did not accept the call: that is a CONNECT there',
      { outcome: 'refused', agent: null },
      { talkSeconds: 0 },
    ],
    [
      'the caller was gone while the agent was asked to accept',
      { outcome: 'abandoned', agent: null, leftAt: at(11.9), waitMs: 1700 },
      { talkSeconds: 0 },
    ],
  ] as const)('equal although %s', (_why, ours, theirs) => {
    expect(compare([live(ours)], [logged(theirs)]).mismatches).toEqual([]);
  });

  test.each([
    ['outcome', { outcome: 'timeout' }],
    ['agent', { agent: '1002' }],
    ['agent', { agent: null }],
    ['leftAt', { leftAt: at(15.1) }],
    ['waitMs', { waitMs: 4600 }],
    ['position', { position: 2 }],
  ] as const)('%s differs', (what, ours) => {
    expect(compare([live(ours)], [logged()]).mismatches).toEqual([
      { what: [what], ours: live(ours), theirs: logged() },
    ]);
  });

  test('an entry that one side lacks', () => {
    const late = live({ enteredAt: at(40) });
    expect(compare([late], [logged()]).mismatches).toEqual([
      { what: ['missing'], ours: null, theirs: logged() },
      { what: ['extra'], ours: late, theirs: null },
    ]);
  });

  test('the same queue twice in one call, paired by time', () => {
    const again = {
      enteredAt: 1_795_357_020,
      leftAt: 1_795_357_024,
      waitSeconds: 4,
      outcome: 'abandoned',
      agent: null,
    } as const;
    const ours = live({ enteredAt: at(20), leftAt: at(24), waitMs: 4000, outcome: 'abandoned', agent: null });
    expect(compare([ours, live()], [logged(), logged(again)]).mismatches).toEqual([]);
  });

  test('a consultation goes by a channel that names no interaction: paired by queue and time, the best fit first', () => {
    const other = live({ agent: '1002' }, 'lab-0.7');
    const consultation = live({ consultation: true }, 'lab-0.8');
    const theirs = [logged({ callId: 'lab-0.9' }), logged({ callId: 'lab-0.7', agent: '1002' })];
    expect(compare([other, consultation], theirs).mismatches).toEqual([]);
  });
});
