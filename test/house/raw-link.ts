import { request } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Opens a live link by hand, to say over it what no page says.
 * @param from the address on this machine from which it is opened
 * @returns its socket; null when it is refused
 */
export function openLink(link: { url: URL; cookie: string; from?: string }): Promise<Socket | null> {
  const { url, cookie, from = '127.0.0.1' } = link;
  return new Promise((resolve) => {
    const asking = request({
      host: url.hostname,
      port: url.port,
      localAddress: from,
      agent: false,
      path: '/socket.io/?EIO=4&transport=websocket',
      headers: {
        cookie,
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': Buffer.from('sixteen letters!').toString('base64'),
      },
    });
    asking.once('upgrade', (_response, socket) => {
      socket.on('error', () => undefined).resume();
      resolve(socket);
    });
    asking.once('response', (response) => {
      response.destroy();
      resolve(null);
    });
    asking.once('error', () => resolve(null));
    asking.end();
  });
}

/** A text frame as a browser sends it (RFC 6455, 5.2), of less than 126 letters; its mask is nothing. */
export function frameOf(text: string): Buffer {
  return Buffer.concat([
    Buffer.from([0x81, 0x80 | text.length]),
    Buffer.from([0, 0, 0, 0]),
    Buffer.from(text),
  ]);
}
