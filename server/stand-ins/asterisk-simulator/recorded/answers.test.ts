import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { startAmiServer } from '../ami/server.ts';
import { normalizeAnswers, readAnswers } from './answer.ts';
import { compare } from './compare.ts';
import { createHouse, type House } from './house.ts';
import { MOMENTS } from './moments.ts';

/** A client that comes back after a gap is told what the real Asterisk told one at the same moment. */
const streams = path.join(import.meta.dirname, '../../../../test/streams/recorded');
const everything = new Set(['all']);

/** What the simulator writes to a client that logs in, asks and logs off. */
async function ask(house: House, actions: readonly string[]): Promise<string> {
  const accounts = [{ username: 'lab', secret: 'lab', read: everything, write: everything }];
  const server = await startAmiServer({ pbx: house.pbx, port: 0, accounts });
  const socket = connect(server.port, '127.0.0.1').setEncoding('utf8');
  let text = '';
  socket.on('data', (data: string) => {
    text += data;
  });
  const closed = once(socket, 'close');
  const login = 'Action: Login\r\nUsername: lab\r\nSecret: lab\r\nEvents: off\r\n\r\n';
  const asked = actions.map((action, i) => `Action: ${action}\r\nActionID: ${i}\r\n\r\n`).join('');
  socket.write(`${login}${asked}Action: Logoff\r\n\r\n`);
  await closed;
  await server.close();
  return text;
}

test.each(Object.entries(MOMENTS))('the answers %s are those of the recording', async (_moment, asking) => {
  const { files, actions, play, ms, configuration } = asking;
  const recorded = files.flatMap((file) => readAnswers(readFileSync(path.join(streams, file), 'utf8')));
  // As many lists as were asked for: a recording may hold more of them.
  const ends = recorded.flatMap((block, i) => (block.some(([, v]) => v === 'Complete') ? [i + 1] : []));
  const asked = recorded.slice(0, ends[actions.length - 1]);
  const house = createHouse('lab', undefined, configuration);
  play(house);
  house.advance(ms);
  const told = readAnswers(await ask(house, actions));
  expect(told.length).toBeGreaterThan(actions.length);
  expect(compare(normalizeAnswers(asked), normalizeAnswers(told))).toEqual([]);
  // The queues and their members in Asterisk's order, which is also the ring order.
  const order = (blocks: typeof told): string[] =>
    blocks
      .filter((block) => block[0]?.[1] === 'QueueMember')
      .map((block) =>
        block
          .slice(1, 4)
          .map(([, value]) => value)
          .join(' '),
      );
  expect(order(told)).toEqual(order(asked));
});

test('the comparison of answers sees another value, another channel, other seconds, a missing item', () => {
  const blocks = readAnswers(
    readFileSync(path.join(streams, 'states.snapshots/busy.CoreShowChannels.ami'), 'utf8'),
  );
  const changed = (key: string, value: string) =>
    blocks.map((block, i) =>
      i === 2 ? block.map(([k, v]): [string, string] => [k, k === key ? value : v]) : block,
    );
  const differences = (other: typeof blocks) =>
    compare(normalizeAnswers(blocks), normalizeAnswers(other)).length;
  expect(differences(blocks)).toBe(0);
  expect(differences(changed('Application', 'VoiceMail'))).toBeGreaterThan(0);
  expect(
    differences(changed('Linkedid', blocks[0]?.find(([k]) => k === 'Uniqueid')?.[1] ?? '')),
  ).toBeGreaterThan(0);
  expect(differences(changed('Duration', '00:00:09'))).toBeGreaterThan(0);
  expect(differences(blocks.toSpliced(2, 1))).toBeGreaterThan(0);
});
