import type { DeskView } from '@ringdesk/shared/desk';
import { eventually } from '../house/eventually.ts';
import { callsFor, type House, hirePeople, openHouse, supervisor } from '../house/house.ts';
import type { Session } from '../house/session.ts';
import type { Witness } from '../house/witness.ts';
import { crewAt, talking } from './crew.ts';
import { begunAndEndedIn, endedSince, expectKeptThrough, sortByGap } from './gap.ts';
import { linkTimes } from './records.ts';
import { expectJournalInDatabase } from './same-records.ts';

jest.setTimeout(180_000);

let house: House;
let witness: Witness;
beforeAll(async () => {
  house = await openHouse({ WRAP_UP_LIMIT_MS: '0' });
  // Talks so long that some outlast a server's start on a slow machine.
  witness = await callsFor(house, { agents: 120, callsPerSecond: 3 });
  await hirePeople(house);
});
afterAll(() => house.close());

const cardPath = (callId: string) => `/api/desk/cards/${encodeURIComponent(callId)}`;

async function writeDraft({ session, callId }: { session: Session; callId: string }, note: string) {
  const draft = { disposition: null, reason: 'billing/invoice', note, revision: 3 };
  return (await session.send('PUT', `${cardPath(callId)}/draft`, draft)).status;
}

/** The draft on this agent's card of this call, as the desk shows it. */
async function draftOf(session: Session, callId: string) {
  const { status, body } = await session.get('/api/desk');
  if (status !== 200) return null;
  const view = body as DeskView;
  return view.cards.find((card) => card.callId === callId) ?? null;
}

test('a server killed in mid-call loses nothing and doubles nothing', async () => {
  const server = await house.start();
  const workers = await crewAt(house, server.url, { wrapsUp: false });

  // One agent has ended a call and writes; another one writes while the customer talks.
  const after = await talking(workers);
  await after.session.send('POST', `${cardPath(after.callId)}/hangup`, {});
  await after.seat.sees('the form', ({ cards }) =>
    cards.find((card) => card.callId === after.callId && card.phase === 'wrap-up'),
  );
  expect(await writeDraft(after, 'written after the call')).toBe(204);
  const vera = await supervisor(server.url);
  await eventually('some interactions in the database', async () => {
    const { body } = await vera.get('/api/interactions');
    return (body as { interactions: unknown[] }).interactions.length >= 5 ? true : null;
  });
  const during = await talking(workers.filter(({ seat }) => seat !== after.seat));
  expect(await writeDraft(during, 'written during the call')).toBe(204);
  const openAtKill = witness.open();
  const from = Date.now();
  await server.kill();
  // Nobody sees how these end.
  await eventually('calls that end meanwhile', async () =>
    endedSince(witness.ended.values(), from).length >= 2 ? true : null,
  );

  const again = await house.start();
  await again.logged(/events session is ready/);
  // Nobody has to log in again, and what was being written is there.
  const cards = await Promise.all(
    [after, during].map(({ session, callId }) =>
      eventually('the card', () => draftOf(session.at(again.url), callId)),
    ),
  );
  expect(cards.map((card) => card.wrapUp)).toMatchObject([
    { note: 'written after the call', reason: 'billing/invoice', revision: 3 },
    { note: 'written during the call', reason: 'billing/invoice', revision: 3 },
  ]);
  expect(cards[0]?.phase).toBe('wrap-up');

  expect(openAtKill).toBeGreaterThan(10);
  // The cards are there by the journal alone; the PBX is asked meanwhile.
  const to = await eventually(
    'a snapshot of the PBX',
    async () => linkTimes(house.env).snapshots.find((at) => at > from) ?? null,
  );
  const [seenFrom = 0] = linkTimes(house.env).snapshots;
  const gap = { from, to };
  await eventually('calls that outlast the gap, and new ones', async () => {
    const { through, lost, outside } = sortByGap(witness.ended.values(), gap);
    const fresh = outside.filter(({ startedAt }) => Date.parse(startedAt) > from);
    return through.length >= 3 && lost.length >= 1 && fresh.length >= 3 ? true : null;
  });
  const stoppedAt = Date.now();
  expect((await again.stop()).code).toBe(0);

  const stored = await expectJournalInDatabase(house.env);
  const seen = begunAndEndedIn(witness.ended.values(), { from: seenFrom, to: stoppedAt });
  expectKeptThrough(stored, sortByGap(seen, gap), gap);
  const strangers = [...stored.keys()].filter((id) => !witness.ended.has(id));
  expect(strangers).toEqual([]);
});
