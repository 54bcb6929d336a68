import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { connectionsFor, limitPerNetwork } from './connections.ts';

test.each([
  [1_000_000, 10_000],
  [1024, 512],
  [400, 200],
  [200, 50],
  [60, 20],
])('of %i files %i are for connections', (files, connections) => {
  expect(connectionsFor(files)).toBe(connections);
});

/** Opens so many connections to a server that lets three of a network in; how many it kept. */
async function keptOf(count: number, proxies: readonly string[]): Promise<number> {
  const server = createServer();
  limitPerNetwork(server, proxies, 3);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  const sockets: Socket[] = [];
  let closed = 0;
  for (let at = 0; at < count; at += 1) {
    const socket = connect(address.port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      closed += 1;
    });
    await new Promise<void>((resolve) => socket.once('connect', resolve));
  }
  // The last one is answered, or closed: then all before it are.
  const last = sockets.at(-1);
  last?.write('GET / HTTP/1.1\r\n');
  await new Promise((resolve) => setTimeout(resolve, 200));
  for (const socket of sockets) socket.destroy();
  const kept = count - closed;
  await new Promise((resolve) => server.close(resolve));
  return kept;
}

test('one network cannot take all connections; a proxy stands for many', async () => {
  expect(await keptOf(8, [])).toBe(3);
  expect(await keptOf(8, ['127.0.0.1'])).toBe(8);
});
