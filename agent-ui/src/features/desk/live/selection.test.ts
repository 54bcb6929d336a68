import type { Card, CardPhase } from '@ringdesk/shared/desk';
import { aCard } from './samples.ts';
import { callAfter, liveCard, nextSelection, noSelection, type Selection } from './selection.ts';

const card = (callId: string, phase: CardPhase): Card => aCard({ callId, phase });

/** Runs views one after the other; a view is written `c1:ringing c2:wrap-up`, busy ones end with a `!`, those in which a key has just fallen with a `?`. */
function shownAfter(...views: string[]): string | null {
  let selection: Selection = noSelection;
  for (const view of views) {
    const busy = /[!?]$/.test(view);
    const typing = view.endsWith('?');
    const cards = view
      .replace(/[!?]$/, '')
      .split(' ')
      .filter((text) => text !== '')
      .map((text) => {
        const [callId = '', phase = ''] = text.split(':');
        return card(callId, phase as CardPhase);
      });
    selection = nextSelection(selection, cards, busy, typing);
  }
  return selection.shown;
}

test.each([
  ['an empty desk shows nothing', [''], null],
  ['a call pops', ['', 'c1:ringing'], 'c1'],
  ['and stays while it is worked on', ['c1:ringing', 'c1:talking', 'c1:wrap-up'], 'c1'],
  ['the next call pops over a wrap-up', ['c1:wrap-up', 'c2:ringing c1:wrap-up'], 'c2'],
  ['but not while its note is written', ['c1:wrap-up', 'c2:ringing c1:wrap-up!'], 'c1'],
  [
    'the call that is answered is in front, though the cursor stands in a note',
    ['c1:wrap-up', 'c2:ringing c1:wrap-up!', 'c2:talking c1:wrap-up!'],
    'c2',
  ],
  [
    'but not under a hand that types',
    ['c1:wrap-up', 'c2:ringing c1:wrap-up!', 'c2:talking c1:wrap-up?'],
    'c1',
  ],
  [
    'then it comes up when the wrap-up is saved',
    ['c1:wrap-up', 'c2:ringing c1:wrap-up!', 'c2:talking'],
    'c2',
  ],
  ['on an idle desk it pops even while the agent searches', ['', 'c1:ringing!'], 'c1'],
  ['a missed call leaves the front', ['c1:ringing', 'c1:missed'], null],
  [
    'and what was there before comes back',
    ['c1:wrap-up', 'c2:ringing c1:wrap-up', 'c2:missed c1:wrap-up'],
    'c1',
  ],
  ['a reload in the middle of a day shows the live call', ['c3:missed c2:wrap-up c1:talking'], 'c1'],
  ['missed calls alone leave the desk idle', ['c1:missed c2:missed'], null],
  ['a form whose time ran out leaves the front', ['c1:wrap-up', 'c1:unfinished'], null],
  ['but not while it is written in', ['c1:wrap-up', 'c1:unfinished!'], 'c1'],
  ['and gives way to the next call', ['c1:wrap-up', 'c2:ringing c1:unfinished'], 'c2'],
  ['a closed card gives way', ['c1:wrap-up', ''], null],
])('%s', (_what, views, shown) => expect(shownAfter(...views)).toBe(shown));

test('a missed call that the agent chose to look at stays', () => {
  const first = nextSelection(noSelection, [card('c1', 'missed')], false, false);
  const chosen = { ...first, shown: 'c1' };
  expect(nextSelection(chosen, [card('c1', 'missed')], false, false).shown).toBe('c1');
});

test('goes round the open calls', () => {
  const cards = [card('c3', 'ringing'), card('c2', 'missed'), card('c1', 'wrap-up')];
  expect(callAfter(cards, 'c3')).toBe('c1');
  expect(callAfter(cards, 'c1')).toBe('c3');
  expect(callAfter(cards, null)).toBe('c3');
  expect(callAfter([], 'c1')).toBeNull();
});

test.each([
  [['c1:ringing', 'c2:held', 'c3:talking'], 'c3'],
  [['c1:ringing', 'c2:held'], 'c2'],
  [['c1:ringing', 'c2:wrap-up'], 'c1'],
  [['c2:wrap-up', 'c3:missed'], null],
])('of %j the live one is %s', (cards, live) => {
  const all = cards.map((text) => card(text.slice(0, 2), text.slice(3) as CardPhase));
  expect(liveCard(all)?.callId ?? null).toBe(live);
});
