import type { PbxEvent } from '../../server/telephony/calls/index.ts';
import { applySnapshot, linkDown } from '../../server/telephony/calls/index.ts';
import { eventsOf, interactionsIn, type Played, play } from './replay.ts';
import { expected, unaccepted } from './scenarios.ts';

/** One event is lost, whichever: no call, no stay in a queue and no agent is made up, and what is said of it is no more than there was. */

/** All records of a stream; what is open at its end (its Hangup may be the lost event) ends with it. */
function recordsOf(events: readonly PbxEvent[]): Played['interactions'] {
  const played = play(events);
  const at = events.at(-1)?.at ?? 0;
  linkDown(played.state, at);
  const rest = applySnapshot(played.state, { at, channels: [], entries: [], members: [] });
  return [...played.interactions, ...interactionsIn(rest)];
}

interface Counted {
  calls: number;
  entries: number;
  answered: number;
  names: ReadonlySet<string | null>;
}

function count(records: Played['interactions']): Counted {
  return {
    calls: records.length,
    entries: records.flatMap((record) => record.entries).length,
    answered: records.filter((record) => record.outcome === 'answered').length,
    names: new Set([...records.map(({ number }) => number), ...records.flatMap(agentsIn), null]),
  };
}

const agentsIn = ({ legs, entries }: Played['interactions'][number]) =>
  [...legs, ...entries].map(({ agent }) => agent);

/**
 * What a transfer joins stays two calls when it is not heard: the waiting line is gone, and the customer is in its place without a word. So does what an
 * application joins: nothing but its bridge tells it.
 */
const apart = (lost: PbxEvent) =>
  (lost.type === 'AttendedTransfer' && lost.intoApp) ||
  (lost.type === 'BridgeEnter' && lost.bridgeType === 'stasis')
    ? 1
    : 0;

function madeUp(heard: Counted, truth: Counted, lost: PbxEvent): string[] {
  const more = [
    heard.calls > truth.calls + apart(lost) ? [`${heard.calls} calls, not ${truth.calls}`] : [],
    heard.entries > truth.entries + apart(lost) ? [`${heard.entries} entries, not ${truth.entries}`] : [],
    heard.answered > truth.answered + apart(lost)
      ? [`${heard.answered} answered, not ${truth.answered}`]
      : [],
  ].flat();
  return [
    ...more,
    ...[...heard.names].filter((name) => !truth.names.has(name)).map((name) => `who is ${name}?`),
  ];
}

describe('each event of a stream lost once', () => {
  test.each(expected)('%s', (name) => {
    const events = eventsOf(name);
    const truth = count(recordsOf(events));
    const wrong = events.flatMap((lost, index) => {
      // Not an event but a line of an answer: it is asked for again at each login.
      if (lost.type === 'Hint') return [];
      if (lost.type === 'HangupRequest' && unaccepted.has(name)) return [];
      const heard = count(recordsOf(events.filter((_, n) => n !== index)));
      return madeUp(heard, truth, lost).map((what) => `${index} ${lost.type}: ${what}`);
    });
    expect(wrong).toEqual([]);
  });
});
