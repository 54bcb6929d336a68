import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { startPlayback } from '../../server/telephony/ami/index.ts';
import { eventually } from '../house/eventually.ts';
import { type House, hire, openHouse, password, pbxAt } from '../house/house.ts';
import type { Server } from '../house/server.ts';
import { logIn, type Session } from '../house/session.ts';
import { freePort } from './line.ts';
import { type Seat, takeSeat } from './seat.ts';

/** Recordings of other houses, served to a real server: the card comes to the user who has the phone, whatever the PBX calls the phone. */

const listed = z.object({
  interactions: z.array(
    z.object({
      end: z.string().nullable(),
      legs: z.array(z.object({ agent: z.string(), device: z.string(), outcome: z.string() })),
    }),
  ),
});

interface Stage {
  server: Server;
  session: Session;
  seat: Seat;
  /** Serves a recording at its own pace, as the PBX that the server waits for. */
  play(files: readonly string[]): ReturnType<typeof startPlayback>;
}

/** The recording as if it were made now: of a call that is days old no desk asks for an outcome. */
function asOfNow(file: string, dir: string): string {
  const text = readFileSync(file, 'latin1');
  const first = Number(/^Timestamp: (\d+)/m.exec(text)?.[1]);
  const later = Math.floor(Date.now() / 1000) - first;
  const copy = join(dir, basename(file));
  const moved = text.replace(/^Timestamp: (\d+)/gm, (_, at: string) => `Timestamp: ${Number(at) + later}`);
  writeFileSync(copy, moved, 'latin1');
  return copy;
}

/** A server whose only user has this phone and sits at the desk, before the PBX is there. */
async function withUser(device: string, run: (stage: Stage) => Promise<void>): Promise<void> {
  const house: House = await openHouse();
  try {
    const port = await freePort();
    Object.assign(house.env, pbxAt(port));
    await hire(house, [{ login: 'wanda', name: 'Wanda', role: 'agent', agent: '3001', device }]);
    const server = await house.start();
    const session = await logIn(server.url, 'wanda', password);
    const seat = takeSeat({ session, wrapsUp: false });
    house.atEnd(() => seat.leave());
    const play = async (files: readonly string[]) => {
      const pbx = await startPlayback({
        files: files.map((file) => asOfNow(file, house.dir)),
        port,
        speed: 'real',
      });
      house.atEnd(() => pbx.stop().catch(() => undefined));
      return pbx;
    };
    await run({ server, session, seat, play });
  } finally {
    await house.close();
  }
}

/** The one interaction of the agent, once it is written. */
function written(session: Session) {
  return eventually('the call is written', async () => {
    const { body } = await session.get('/api/interactions?agent=3001');
    return listed.parse(body).interactions[0] ?? null;
  });
}

test.each([
  ['a queue knows the phone by its name', 'PJSIP/wanda', 'PJSIP/wanda', 'named-member'],
  ['a queue knows it by a Local channel', 'PJSIP/anna', 'PJSIP/anna', 'local-member-named-phone'],
  ['the phone is a mobile', 'PJSIP/201,+79165550199', '+79165550199', 'local-member-mobile'],
])(
  'the card rings, is talked on and asks for an outcome on the desk of the phone`s user: %s',
  async (_, devices, device, file) => {
    await withUser(devices, async ({ session, seat, play }) => {
      const phases: string[] = [];
      const form = seat.sees('the form', ({ cards: [card] }) => {
        if (card !== undefined && phases.at(-1) !== card.phase) phases.push(card.phase);
        return card?.phase === 'wrap-up' ? card : null;
      });
      await play([`test/streams/phones/${file}.ami`]);
      await form;
      expect(phases).toEqual(['ringing', 'talking', 'wrap-up']);
      const { legs } = await written(session);
      expect(legs).toEqual([{ agent: '3001', device, outcome: 'answered' }]);
    });
  },
  180_000,
);

test('a recording that is stopped and served anew is a PBX that restarted: its calls are over, and the server is quiet', async () => {
  await withUser('PJSIP/wanda', async ({ server, session, seat, play }) => {
    const talk = seat.sees('a talk', ({ cards }) => cards.find(({ phase }) => phase === 'talking') ?? null);
    const first = await play(['test/streams/phones/named-member.ami']);
    await talk;
    await first.stop();
    await play([]);
    await seat.sees('no talk', ({ cards, pbx }) =>
      pbx.state === 'up' && cards.every(({ phase }) => phase !== 'talking') ? true : null,
    );
    expect((await written(session)).end).toBe('unknown');
    expect(server.program.stderr()).not.toContain('did not tell its calls');
  });
}, 180_000);
