import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import { AmiDecoder } from '../decoder.ts';
import type { AmiMessage } from '../message.ts';

/** One client of a scripted server: what it sent, and a pen to answer with. */
export interface ScriptedClient {
  socket: net.Socket;
  actions: AmiMessage[];
  /** Everything that the client wrote. */
  written(): string;
  /** Writes lines, joined by line ends, and a blank line. */
  send(...lines: string[]): void;
  /** The next action with this name that was not handed out before, now or when it comes. */
  next(action: string): Promise<AmiMessage>;
}

export interface ScriptedServer {
  port: number;
  /** The next client that was not handed out before. */
  client(): Promise<ScriptedClient>;
  connections(): number;
  close(): Promise<void>;
}

export interface ScriptOptions {
  /** Default: Asterisk's own. Null: says nothing. */
  greeting?: string | null;
  /** Called for each action; by default Login is accepted, FullyBooted follows, and Logoff is answered. */
  answer?(action: AmiMessage, client: ScriptedClient): void;
  tls?: { key: string; cert: string };
}

export function acceptLogin(action: AmiMessage, client: ScriptedClient): void {
  const id = `ActionID: ${action.actionId}`;
  if (action.get('Action') === 'Login') {
    client.send('Response: Success', id, 'Message: Authentication accepted');
    client.send('Event: FullyBooted', 'Privilege: system,all', 'Status: Fully Booted');
  } else if (action.get('Action') === 'Logoff') {
    client.send('Response: Goodbye', id, 'Message: Thanks for all the fish.');
    client.socket.end();
  } else if (action.get('Action') === 'Ping') {
    client.send('Response: Success', id, 'Ping: Pong');
  }
}

/** A server on any free loopback port that does what a test tells it. */
export async function startScriptedServer(options: ScriptOptions = {}): Promise<ScriptedServer> {
  const clients = new Pool<ScriptedClient>();
  const sockets = new Set<net.Socket>();
  let connections = 0;
  const onSocket = (socket: net.Socket): void => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    clients.put(serve(socket, options));
  };
  const server =
    options.tls === undefined ? net.createServer(onSocket) : tls.createServer(options.tls, onSocket);
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP port');

  return {
    port: address.port,
    client: () => clients.take(() => true),
    connections: () => connections,
    close: async () => {
      if (!server.listening) return;
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function serve(socket: net.Socket, options: ScriptOptions): ScriptedClient {
  const answer = options.answer ?? acceptLogin;
  const unread = new Pool<AmiMessage>();
  let written = '';
  const client: ScriptedClient = {
    socket,
    actions: [],
    written: () => written,
    send: (...lines) => void socket.write(`${lines.join('\r\n')}\r\n\r\n`),
    next: (action) => unread.take((message) => message.get('Action') === action),
  };
  const decoder = new AmiDecoder({
    onMessage: (action) => {
      client.actions.push(action);
      unread.put(action);
      answer(action, client);
    },
  });
  socket.on('data', (chunk: Buffer) => {
    written += chunk.toString('utf8');
    decoder.push(chunk);
  });
  if (options.greeting !== null) socket.write(options.greeting ?? 'Asterisk Call Manager/11.0.0\r\n');
  return client;
}

/** Hands each thing out once, to whoever asked first, before or after it came. */
export class Pool<T> {
  private readonly things: T[] = [];
  private readonly waiting: { fits(thing: T): boolean; resolve(thing: T): void }[] = [];

  put(thing: T): void {
    const at = this.waiting.findIndex((one) => one.fits(thing));
    if (at < 0) this.things.push(thing);
    else this.waiting.splice(at, 1)[0]?.resolve(thing);
  }

  take(fits: (thing: T) => boolean): Promise<T> {
    const at = this.things.findIndex(fits);
    const found = at < 0 ? undefined : this.things.splice(at, 1)[0];
    if (found !== undefined) return Promise.resolve(found);
    return new Promise((resolve) => this.waiting.push({ fits, resolve }));
  }
}
