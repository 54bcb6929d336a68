import { readFileSync } from 'node:fs';
import path from 'node:path';
import { interaction } from '@ringdesk/shared/interaction';
import { eventsOf, here, play, startOf } from './replay.ts';
import { expected } from './scenarios.ts';
import { summaryOf } from './summary.ts';

/** Each recorded stream gives the interactions that stand beside it, and says so in words that can be checked by reading. */

function wanted(scenario: string): string[] {
  const text = readFileSync(path.join(here, 'expected', `${scenario}.txt`), 'utf8');
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

describe('recorded streams', () => {
  test.each(expected)('%s', (scenario) => {
    const events = eventsOf(scenario);
    const { interactions, state } = play(events);
    const start = startOf(events);
    expect(
      interactions
        .map((i) => summaryOf(i, start))
        .join('\n')
        .split('\n'),
    ).toEqual(wanted(scenario));
    expect(state.data.calls.size).toBe(0);
  });

  test.each(expected)('%s: the records are as the contract says', (scenario) => {
    for (const record of play(eventsOf(scenario)).interactions) {
      expect(interaction.strict().safeParse(record).error).toBeUndefined();
      const times = record.timeline.map((item) => item.at);
      expect(times[0]).toBe(record.startedAt);
    }
  });

  test('under load: fifty calls at ten a second are fifty answered calls', () => {
    const { interactions, state } = play(eventsOf('load-small'));
    expect(interactions).toHaveLength(50);
    expect(new Set(interactions.map((i) => i.id)).size).toBe(50);
    for (const i of interactions) {
      expect([i.outcome, i.end, i.entries.length, i.legs.length]).toEqual(['answered', 'caller', 1, 1]);
      expect(i.legs[0]?.agent).toBe(i.entries[0]?.agent);
    }
    expect(state.data.channels.size).toBe(0);
  });
});
