import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { startAmiServer } from '../ami/server.ts';
import type { PbxEvent } from '../engine/events.ts';
import { COME_BACK } from './come-back.ts';
import { compare } from './compare.ts';
import { createHouse } from './house.ts';
import { normalize, type RecordedEvent, readEvents } from './normal.ts';

/** What a client hears that comes back, over a socket, as the real Asterisk told it at the same moment. */
const streams = path.join(import.meta.dirname, '../../../../test/streams/recorded');
const recorded = (name: string): RecordedEvent[] =>
  readEvents(readFileSync(path.join(streams, `${name}.ami`), 'utf8'));

const all = new Set(['all']);
const accounts = [{ username: 'lab', secret: 'lab', read: all, write: all }];

const stamp = ({ headers }: RecordedEvent): number =>
  Number(headers.find(([key]) => key === 'Timestamp')?.[1] ?? Number.NaN);

/** Connects, logs in and hears; `told` is all that has come by the time an action is answered. */
async function listen(port: number): Promise<{ told(): Promise<string>; close(): void }> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  let text = '';
  socket.on('data', (data: string) => {
    text += data;
  });
  const until = async (mark: string): Promise<void> => {
    while (!text.includes(mark)) await once(socket, 'data');
  };
  socket.write('Action: Login\r\nUsername: lab\r\nSecret: lab\r\n\r\n');
  await until('Authentication accepted');
  return {
    async told() {
      socket.write('Action: Ping\r\n\r\n');
      await until('Ping: Pong');
      return text;
    },
    close: () => socket.destroy(),
  };
}

test.each(Object.entries(COME_BACK))(
  '%s: it hears what was recorded',
  async (name, { before, ...moment }) => {
    let publish = (_event: PbxEvent): void => undefined;
    const house = createHouse('lab', (event) => publish(event));
    const server = await startAmiServer({ pbx: house.pbx, port: 0, accounts });
    publish = server.publish;
    moment.play(house);
    house.advance(moment.atMs);
    const missed = house.events.map(({ text }) => text).join('');
    const client = await listen(server.port);
    moment.next(house);
    const told = readEvents(await client.told());
    client.close();
    await server.close();
    const heard = recorded(name);
    expect(heard.length).toBeGreaterThan(10);
    // Channels and bridges get their names from what was said before, which the client has not heard.
    const known = before === null ? [] : recorded(before);
    const from = Math.min(...heard.map(stamp));
    const headless = known.filter((event) => stamp(event) < from);
    const played = before === null ? [] : readEvents(missed);
    expect(compare(normalize([...headless, ...heard]), normalize([...played, ...told]))).toEqual([]);
    // Nothing more and nothing less than those who were there all the time.
    if (before !== null) expect(heard).toEqual(known.filter((event) => stamp(event) >= from));
  },
);
