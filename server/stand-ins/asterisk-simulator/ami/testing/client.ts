import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A client that reads plain blocks of text, so that a test sees what is on the wire. */

export type Block = Map<string, string[]>;

export interface Client {
  socket: Socket;
  blocks: Block[];
  send(fields: Record<string, string>): void;
  /** The next block, from those that came already or will come, that fits. */
  next(fits: (block: Block) => boolean): Promise<Block>;
  /** Sends an action and waits for its response. */
  act(fields: Record<string, string>): Promise<Block>;
  /** The items of a list that was asked for. */
  list(fields: Record<string, string>): Promise<Block[]>;
}

export const first = (block: Block, key: string): string | undefined => block.get(key)?.[0];

function readBlock(text: string): Block {
  const block: Block = new Map();
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const values = block.get(line.slice(0, colon));
    const value = line.slice(colon + 1).replace(/^ /, '');
    if (values === undefined) block.set(line.slice(0, colon), [value]);
    else values.push(value);
  }
  return block;
}

export async function openClient(port: number): Promise<Client> {
  const socket = connect(port, '127.0.0.1');
  const blocks: Block[] = [];
  const waiting = new Set<() => void>();
  let unread = '';
  let taken = 0;
  socket.setEncoding('utf8').on('data', (text: string) => {
    unread += text;
    const parts = unread.replace(/^Asterisk Call Manager\/11\.0\.0\r\n/, '').split('\r\n\r\n');
    unread = parts.pop() ?? '';
    blocks.push(...parts.map(readBlock));
    for (const look of [...waiting]) look();
  });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  let ids = 0;
  const client: Client = {
    socket,
    blocks,
    send(fields) {
      const lines = Object.entries(fields).map(([key, value]) => `${key}: ${value}\r\n`);
      socket.write(`${lines.join('')}\r\n`);
    },
    next: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          const at = blocks.findIndex((block, i) => i >= taken && fits(block));
          const found = blocks[at];
          if (found === undefined) return;
          taken = at + 1;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    act(fields) {
      const id = String(++ids);
      client.send({ ...fields, ActionID: id });
      return client.next((block) => block.has('Response') && first(block, 'ActionID') === id);
    },
    async list(fields) {
      const response = await client.act(fields);
      const id = first(response, 'ActionID');
      await client.next((b) => first(b, 'EventList') === 'Complete' && first(b, 'ActionID') === id);
      return blocks.filter((b) => b.has('Event') && first(b, 'ActionID') === id && !b.has('EventList'));
    },
  };
  return client;
}
