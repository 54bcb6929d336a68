import type { CallEvent } from '@ringdesk/shared/call-events';
import type { Leg } from '@ringdesk/shared/interaction';
import { step } from '../../server/features/desk/model.ts';
import { createDesks, type DeskInput, type Effect } from '../../server/features/desk/state.ts';
import { viewOf } from '../../server/features/desk/view.ts';
import { eventsOf, play, siteEventsOf } from './replay.ts';
import { expected } from './scenarios.ts';

/** What the agents see of the recorded calls: from Asterisk's own stream through the call model to the cards. */

/** Whose phones they are: the lab's, and those of the other houses (test/pbx-lab/conf/pjsip.d/sites.conf). */
const phones: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(['1', '2', '3', '4', '5', '6', '7', '8'].map((n) => [`100${n}`, [`100${n}`]])),
  ...{ '401': ['desk-anna', '99401'], '402': ['boris'], '403': ['403'], '404': ['dora'] },
  ...{ '431': ['431'], '432': ['432'], '421': ['421', '421-WS'], '422': ['422'] },
  ...{ '411': ['Y4sSJpnV'], '412': ['k2Wq8mTz'], '413': ['m0bileVx'] },
};
const agents = Object.entries(phones).map(([id, names]) => ({
  id,
  name: `Agent ${id}`,
  devices: names.map((name) => `PJSIP/${name}`),
}));

function follow(said: readonly CallEvent[]) {
  const desks = createDesks({ wrapUpLimitMs: 60_000 });
  const effects: Effect[] = [];
  const seen: string[] = [];
  const last = new Map<string, string>();
  let now = Date.parse(said[0]?.at ?? '2026-01-01T00:00:00.000Z');

  function tell(input: DeskInput): void {
    const outcome = step(desks, input, now);
    effects.push(...outcome.effects);
    for (const id of outcome.changed) look(id);
  }

  /** One line whenever the cards of an agent are others than before. */
  function look(id: string): void {
    const desk = desks.agents.get(id);
    if (desk === undefined) return;
    const cards = viewOf(desks, desk, 'e', now).cards.map((card) =>
      [
        card.consulting === null ? card.phase : `${card.phase}, asks ${card.consulting.to}`,
        card.consultation ? 'is asked' : null,
        card.transferredFrom === null ? null : `from ${card.transferredFrom.agent}`,
      ]
        .filter((part) => part !== null)
        .join(', '),
    );
    const line = `${id}: ${cards.join(' | ') || '-'}`;
    if (last.get(id) !== line && (cards.length > 0 || last.has(id))) seen.push(line);
    if (cards.length > 0 || last.has(id)) last.set(id, line);
  }

  tell({ type: 'agents', agents });
  for (const { id } of agents) tell({ type: 'present', agent: id, present: true });
  tell({ type: 'link', pbx: 'main', state: 'up', message: null, restarted: false });
  for (const event of said) {
    now = Math.max(now, Date.parse(event.at));
    tell({ type: 'call', pbx: 'main', event });
  }
  return {
    desks,
    effects,
    seen,
    /** A while later. */
    after(ms: number) {
      now += ms;
      tell({ type: 'tick' });
    },
  };
}

test.each<[string, string[]]>([
  ['answered', ['1001: ringing', '1001: talking', '1001: wrap-up']],
  ['hold', ['1004: ringing', '1004: talking', '1004: held', '1004: talking', '1004: wrap-up']],
  ['ring-no-answer', ['1001: ringing', '1001: missed', '1002: ringing', '1002: talking', '1002: wrap-up']],
  [
    'blind-transfer-agent',
    [
      '1001: ringing',
      '1001: talking',
      '1001: wrap-up',
      '1005: ringing, from 1001',
      '1005: talking, from 1001',
      '1005: wrap-up, from 1001',
    ],
  ],
  [
    'blind-transfer-queue',
    [
      '1001: ringing',
      '1001: talking',
      '1001: wrap-up',
      '1004: ringing, from 1001',
      '1004: talking, from 1001',
      '1004: wrap-up, from 1001',
    ],
  ],
  [
    'attended-transfer',
    [
      '1001: ringing',
      '1001: talking',
      '1001: held',
      '1005: ringing, is asked, from 1001',
      '1001: held, asks 1005',
      '1005: talking, is asked, from 1001',
      '1005: talking, from 1001',
      '1001: held',
      '1001: wrap-up',
      '1005: wrap-up, from 1001',
    ],
  ],
  [
    'attended-transfer-cancel',
    [
      '1001: ringing',
      '1001: talking',
      '1001: held',
      '1005: ringing, is asked, from 1001',
      '1001: held, asks 1005',
      '1001: talking',
      '1005: missed, is asked, from 1001',
      '1001: wrap-up',
    ],
  ],
  [
    'attended-transfer-refer',
    [
      '1001: ringing',
      '1001: talking',
      '1001: held',
      '1005: ringing, is asked',
      '1005: talking, is asked',
      '1001: talking',
      '1005: talking, is asked, from 1001',
      '1005: talking, from 1001',
      '1001: wrap-up',
      '1005: wrap-up, from 1001',
    ],
  ],
  ['pickup', ['1001: ringing', '1002: ringing', '1001: missed', '1002: talking', '1002: wrap-up']],
  ['internal', ['1005: ringing', '1005: talking', '1005: -']],
  ['originate', ['1001: ringing', '1001: talking', '1001: wrap-up']],
])('%s', (name, lines) => {
  expect(follow(play(eventsOf(name)).said).seen).toEqual(lines);
});

test('one of two contacts of a phone refuses: the card stays while the other one rings, and then it is a missed call', () => {
  const { seen } = follow(play(siteEventsOf('two-contacts-one-refuses')).said);
  expect(seen).toEqual(['1001: ringing', '1001: missed']);
});

/** The caller came back to the same agent before the form was closed: it goes on as the form of the later talk. */
function returned(legs: readonly Leg[], index: number): boolean {
  return legs.some(
    (leg, later) => later > index && leg.agent === legs[index]?.agent && leg.outcome === 'answered',
  );
}

/** What is left on the desks is what agents still have to do with it. */
test.each(expected)(
  '%s: nothing is left behind, and every talk with a customer is asked about once',
  (name) => {
    const { said, interactions } = play(eventsOf(name));
    const { desks, effects, after } = follow(said);
    after(61_000);
    after(61_000);
    const open = new Set(said.flatMap((event) => ('callId' in event ? [event.callId] : [])));
    for (const event of said) {
      if (event.type === 'interaction.ended') open.delete(event.callId);
      if (event.type === 'call.merged') open.delete(event.from);
    }
    const phases = [...desks.agents.values()].flatMap(({ cards }) =>
      cards.filter(({ callId }) => !open.has(callId)).map(({ phase }) => phase),
    );
    // A form whose time ran out waits to be finished.
    expect(phases.filter((phase) => phase !== 'missed' && phase !== 'unfinished')).toEqual([]);
    const missed = new Set(
      [...desks.agents.values()].flatMap(({ cards }) => cards.map((card) => card.callId)),
    );
    expect([...desks.calls.keys()].filter((id) => !open.has(id) && !missed.has(id))).toEqual([]);

    const asked = effects.flatMap((effect) =>
      effect.do === 'save-wrap-up' ? [`${effect.record.interactionId} ${effect.record.leg}`] : [],
    );
    const talks = interactions
      // A call of one's own that nobody took may be written about, but need not.
      .filter(
        ({ direction, answeredAt }) =>
          direction === 'inbound' || (direction === 'outbound' && answeredAt !== null),
      )
      .flatMap((interaction) =>
        interaction.legs.flatMap((leg, index) =>
          leg.outcome === 'answered' && !leg.consultation && !returned(interaction.legs, index)
            ? [`${interaction.id} ${index}`]
            : [],
        ),
      );
    expect(asked.filter((key) => !open.has(key.split(' ')[0] ?? '')).sort()).toEqual(talks.sort());
  },
);
