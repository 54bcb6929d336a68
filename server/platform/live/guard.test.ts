import { connect } from 'node:net';
import { echo, origin, shown, upgrade, useLiveServer } from './testing/live-server.ts';

useLiveServer();

test('nobody who is not logged in gets as far as a live link', async () => {
  expect((await upgrade('z1')).status).toBe('400');
  expect((await upgrade('a1')).status).toBe('101');
});

test.each(['40', '40/x,', '42["resync"]', '42["painted",{"callId":"c1","shownAfterMs":1}]', '3'])(
  'a flood of %s is cut off, and the other pages go on',
  async (frame) => {
    const [flood, other] = [await upgrade('a1'), await shown('b1')];
    const closed = new Promise<void>((resolve) => flood.line?.once('close', () => resolve()));
    for (let at = 0; at < 20_000; at += 1) flood.line?.send(frame);
    await closed;
    await echo(other.page);
    expect(other.views.length).toBeLessThan(4);
  },
);

test('pings of the protocol are not answered: a flood of them costs nothing', async () => {
  const { line } = await upgrade('a1');
  let answered = 0;
  line?.on('pong', () => {
    answered += 1;
  });
  for (let at = 0; at < 1000; at += 1) line?.ping();
  await echo((await shown('b1')).page);
  expect(answered).toBe(0);
});

test('a user has twenty-five live links at most, and the others go on', async () => {
  const opened = await Promise.all(Array.from({ length: 30 }, () => upgrade('a1')));
  expect(opened.filter(({ status }) => status === '101')).toHaveLength(25);
  expect((await upgrade('b1')).status).toBe('101');
});

/** A live link over which frames are written that no browser writes; its socket, and its end. */
async function rawLink(session: string) {
  const { hostname, port } = new URL(origin);
  const socket = connect({ host: hostname, port: Number(port) });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => undefined);
  socket.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: sid=${session}\r\n` +
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: c2l4dGVlbiBsZXR0ZXJzIQ==\r\n\r\n',
  );
  await new Promise((resolve) => socket.once('data', resolve));
  socket.resume();
  return { socket, closed };
}

/** A frame of a client (RFC 6455, 5.2) with a mask of nothing. */
const frame = (first: number, text: string) =>
  Buffer.concat([Buffer.from([first, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);

test.each([
  ['words before the link is joined', '', frame(0x81, '42["resync"]')],
  ['pings', '', frame(0x89, '')],
  ['pieces of nothing of a message that never ends', frame(0x01, 'a'), frame(0x00, '')],
])(
  'a flood of %s ends with the connection, whether it heeds its farewell or not',
  async (_, first, piece) => {
    const [{ socket, closed }, other] = [await rawLink('a1'), await shown('b1')];
    const many = Buffer.concat(Array.from({ length: 1000 }, () => piece));
    socket.write(first);
    const flood = setInterval(() => socket.writableNeedDrain || socket.write(many), 1);
    await closed;
    clearInterval(flood);
    await echo(other.page);
  },
  15_000,
);
