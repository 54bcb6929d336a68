import { Explainer } from '../../server/telephony/explain/index.ts';
import { eventsOf, play } from './replay.ts';
import { expected } from './scenarios.ts';

/** Calls told in plain words, from the events that the desk gets. */

function told(name: string): string[] {
  const explainer = new Explainer();
  return play(eventsOf(name)).said.flatMap((event) => explainer.sentences(event).map(({ text }) => text));
}

test('a queue call: who calls, who could be rung, who is, and why', () => {
  expect(told('ring-no-answer').slice(0, 8)).toEqual([
    'Call 1 begins: from outside, +79161234567 ("Caller") for 2000.',
    'Call 1: The caller waits in queue sales at place 1. Its members: Anna Petrova (PJSIP/1001) is free.',
    'Call 1: queue sales rings PJSIP/1001, a phone of ours (agent 1001), a member that is not paused, with penalty 0.',
    'Call 1: the phone of agent 1001 rang in vain.',
    'Call 1: queue sales rings PJSIP/1002, a phone of ours (agent 1002), a member that is not paused, with penalty 0.',
    'Call 1: the wait in queue sales is over after 9.8 s: agent 1002 answers.',
    'Call 1: agent 1002 is on the line (PJSIP/1002).',
    'Call 1: agent 1002 is done: the caller hung up.',
  ]);
});

test('a call to the outside, and one that is handed on', () => {
  expect(told('outbound').slice(1, 5)).toEqual([
    'Call 1 is known better now: to the outside, +79165550002.',
    'Call 1: PJSIP/1002, a phone of ours (agent 1002), takes part.',
    'Call 1: agent 1002 is on the line (PJSIP/1002).',
    'Call 1 is answered by the other side.',
  ]);
  expect(told('attended-transfer')).toContain('Call 1: agent 1001 hands it on to 1005, having asked.');
});

test('a withheld number is in no sentence; that nobody was rung is worth a hint', () => {
  const sentences = told('withheld');
  expect(sentences).toContain(
    'Call 1 is known better now: from outside, a number that is withheld for 2000.',
  );
  expect(sentences.at(-1)).toMatch(/^Call 1: no phone of ours took part/);
  expect(sentences.join()).not.toMatch(/7916/);
});

test.each(expected)('%s: each call is told from its beginning to its end', (name) => {
  const open = new Set<string>();
  for (const sentence of told(name)) {
    const [, call = '?', taken] = /^Call (\d+|\?)(?:.* takes up call (\d+))?/.exec(sentence) ?? [];
    if (/^Call \d+ begins/.test(sentence)) open.add(call);
    const isHint = sentence.startsWith(`Call ${call}: `) && !open.has(call);
    expect(open.has(call) || isHint).toBe(true);
    if (taken !== undefined) open.delete(taken);
    if (/^Call \d+ is over/.test(sentence)) open.delete(call);
    expect(sentence).toMatch(/\.$/);
  }
  expect([...open]).toEqual([]);
});
