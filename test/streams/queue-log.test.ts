import type { EntryOutcome, QueueEntry } from '@ringdesk/shared/interaction';
import { currentMembers } from '../../server/telephony/calls/index.ts';
import { loggedEntries } from './queue-log-rows.ts';
import { eventsOf, type Played, play } from './replay.ts';
import { expected, unaccepted } from './scenarios.ts';

/** Our queue entries are queue_log's, entry by entry; and the outcomes of metrics.md partition them. */

const names: Readonly<Record<string, string>> = {
  '1001': 'Anna Petrova',
  '1002': 'Boris Ivanov',
  '1003': 'Clara Nowak',
  '1004': 'Dmitri Orlov',
  '1005': 'Elena Weiss',
  '1006': 'Farid Aliyev',
  '1007': 'Greta Holm',
  '1008': 'Hugo Silva',
  '401': 'Anna Petrova',
  '402': 'Boris Ivanov',
  '411': 'Agent/411',
  '421': '421',
  '432': 'Jana Novak',
};

/** queue_log credits the member that rang, also where another one took the call; we credit who took the call. */
const takers: Readonly<Record<string, string>> = {
  pickup: 'Boris Ivanov',
  'pickup-replaces-queue': 'Hugo Silva',
  forward: 'Elena Weiss',
  'issabel-forward': 'Jana Novak',
};

/** queue_log knows no callback (the caller left by a key), no short abandon, and calls it abandoned when a program takes the caller away. */
function asLogged(outcome: EntryOutcome | null): EntryOutcome | null {
  if (outcome === 'callback') return 'key';
  return outcome === 'short-abandoned' || outcome === 'redirected' ? 'abandoned' : outcome;
}

function entriesOf(played: Played): QueueEntry[] {
  return played.interactions
    .flatMap((i) => i.entries)
    .sort((a, b) => (a.enteredAt < b.enteredAt ? -1 : a.enteredAt > b.enteredAt ? 1 : 0));
}

/** A time in queue_log is a whole second, and the line is written up to some milliseconds after the event. */
function secondOf(time: string | null, logged: number | null): number | null {
  if (time === null || logged === null) return null;
  const ms = Date.parse(time);
  return Math.floor(ms / 1000) === logged || Math.floor((ms + 20) / 1000) === logged ? logged : ms / 1000;
}

describe('queue entries equal queue_log', () => {
  test.each([...expected, 'load-small'])('%s', (scenario) => {
    const played = play(eventsOf(scenario));
    const logged = loggedEntries(scenario);
    const memberNames = new Map(currentMembers(played.state).map((m) => [m.device, m.name]));
    const nameOf = (agent: string) => names[agent] ?? memberNames.get(`PJSIP/${agent}`) ?? `PJSIP/${agent}`;
    const ours = entriesOf(played).map((entry, index) => ({
      queue: entry.queue,
      entered: secondOf(entry.enteredAt, logged[index]?.entered ?? null),
      left: secondOf(entry.leftAt, logged[index]?.left ?? null),
      outcome: asLogged(entry.outcome),
      member: entry.agent === null ? null : nameOf(entry.agent),
    }));
    const theirs = logged.map(({ waitSeconds: _, ...entry }, index) => {
      // It writes CONNECT also when the member did not accept the call, or the caller was gone before it did.
      const own = ours[index];
      const asWeSay = unaccepted.has(scenario) && own?.outcome !== 'answered' && entry.outcome === 'answered';
      if (!asWeSay || own === undefined) return entry;
      expect([own.outcome, own.member]).toEqual([scenario.endsWith('gone') ? 'abandoned' : 'refused', null]);
      return { ...entry, left: own.left, outcome: own.outcome, member: null };
    });
    const taker = takers[scenario];
    if (taker !== undefined) {
      expect(ours.map((e) => e.member)).toEqual([taker]);
      for (const entry of [...ours, ...theirs]) entry.member = null;
    }
    expect(ours).toEqual(theirs);
  });

  test.each([...expected, 'load-small'])('%s: the wait is the one that Asterisk counted', (scenario) => {
    const ours = entriesOf(play(eventsOf(scenario)));
    for (const [index, entry] of loggedEntries(scenario).entries()) {
      // The caller was gone before Asterisk stopped counting.
      if (ours[index]?.outcome === 'short-abandoned' && entry.outcome === 'answered') continue;
      const wait = (ours[index]?.waitMs ?? Number.NaN) / 1000;
      // Whole seconds, cut off at both ends.
      expect(Math.abs(wait - (entry.waitSeconds ?? Number.NaN))).toBeLessThan(1.1);
    }
  });

  test('Q = A + B + S + C + F + O, at every moment of every stream', () => {
    const classes: Readonly<Record<EntryOutcome, string>> = {
      answered: 'A',
      abandoned: 'B',
      'short-abandoned': 'S',
      callback: 'C',
      timeout: 'F',
      key: 'F',
      empty: 'F',
      full: 'F',
      redirected: 'F',
      withdrawn: 'F',
      refused: 'F',
      unknown: 'F',
    };
    for (const scenario of expected) {
      const joined = new Set<string>();
      const left = new Map<string, string>();
      for (const event of play(eventsOf(scenario)).said) {
        if (event.type !== 'queue.joined' && event.type !== 'queue.left') continue;
        const key = `${event.entry.queue} ${event.entry.enteredAt}`;
        if (event.type === 'queue.joined') joined.add(key);
        else left.set(key, classes[event.entry.outcome ?? 'unknown']);
        for (const entry of left.keys()) expect(joined).toContain(entry);
      }
      // Nobody is open any more, and each who joined is in exactly one class.
      expect([...left.keys()].sort()).toEqual([...joined].sort());
    }
  });
});
