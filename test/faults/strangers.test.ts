import { z } from 'zod';
import { startPlayback } from '../../server/telephony/ami/index.ts';
import { eventually } from '../house/eventually.ts';
import { hire, openHouse, password, pbxAt } from '../house/house.ts';
import { logIn } from '../house/session.ts';

/** Two people call one after the other, and the network sends `Unknown` for both: the second one's card knows nothing of the first one. */

const shown = z.object({
  cards: z.array(
    z.object({
      callId: z.string(),
      number: z.string().nullable(),
      numberRaw: z.string().nullable(),
      match: z.object({ kind: z.string() }),
      timeline: z.array(z.unknown()),
      repeat: z.unknown(),
    }),
  ),
});
const listed = z.object({
  interactions: z.array(z.object({ id: z.string(), number: z.string().nullable() })),
});

test('who calls without a number is never shown as somebody who called without one before', async () => {
  const house = await openHouse();
  try {
    const files = ['test/streams/numbers/unknown-twice.ami'];
    const pbx = await startPlayback({ files, port: 0, speed: 'real' });
    house.atEnd(() => pbx.stop());
    Object.assign(house.env, pbxAt(pbx.port));
    const anna = { login: 'anna', name: 'Anna', role: 'agent' as const, agent: '1001', device: 'PJSIP/1001' };
    await hire(house, [anna]);
    const server = await house.start();
    const session = await logIn(server.url, 'anna', password);
    const cards = new Map<string, unknown>();
    const interactions = await eventually('both calls are written', async () => {
      for (const card of shown.parse((await session.get('/api/desk')).body).cards) {
        const { number, numberRaw, match, timeline, repeat } = card;
        cards.set(card.callId, [number, numberRaw, match.kind, timeline, repeat]);
      }
      const written = listed.parse((await session.get('/api/interactions?agent=1001')).body).interactions;
      return written.length === 2 && cards.size === 2 ? written : null;
    });
    expect(interactions.map(({ number }) => number)).toEqual([null, null]);
    const stranger = [null, null, 'none', [], null];
    expect([...cards.values()]).toEqual([stranger, stranger]);
  } finally {
    await house.close();
  }
}, 120_000);
