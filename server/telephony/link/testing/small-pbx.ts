import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { AmiDecoder, type AmiMessage } from '../../ami/index.ts';

/** A PBX that answers what the link asks after a login, and says what a test makes it say. */
export interface SmallPbx {
  port: number;
  /** ms since 1970 by the PBX's clock. */
  now(): number;
  /** The items of CoreShowChannels from now on, and of BridgeList; null: it knows no such action. */
  channels: string[][];
  bridges: string[][] | null;
  /** The items of ExtensionStateList; null: it knows no such action. */
  hints: string[][] | null;
  /** Whether it times its events (`timestampevents`). */
  timestamps: boolean;
  /** What else it says of a channel that it is asked to hang up. */
  hangups: string[];
  say(event: string, lines: readonly string[]): void;
  /** Cuts all connections off. */
  cut(): void;
  stop(): Promise<void>;
}

type Lines = readonly string[];

/**
 * @param clockAheadMs of its clock against ours
 * @param asterisk its version and that of its AMI
 */
export async function startSmallPbx(
  clockAheadMs: number,
  asterisk = { version: '22.4.1', ami: '11.0.0' },
): Promise<SmallPbx> {
  const sockets = new Set<Socket>();
  const readers = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      readers.delete(socket);
    });
    socket.on('error', () => undefined);
    const decoder = new AmiDecoder({
      maxMessageBytes: 65_536,
      onMessage(action) {
        if (action.get('Action') === 'Login' && action.get('Events') !== 'off') readers.add(socket);
        for (const message of answerTo(action)) send(socket, message);
      },
    });
    socket.on('data', (chunk: Buffer) => decoder.push(chunk));
    socket.write(`Asterisk Call Manager/${asterisk.ami}\r\n`);
  });
  const send = (socket: Socket, lines: Lines) => socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const stamp = () => `Timestamp: ${(pbx.now() / 1000).toFixed(6)}`;

  function answerTo(action: AmiMessage): Lines[] {
    const id = `ActionID: ${action.actionId ?? ''}`;
    const good = (...more: string[]): Lines => ['Response: Success', id, ...more];
    const list = (name: string, items: readonly string[][]): Lines[] => [
      good('EventList: start'),
      ...items.map((item) => [`Event: ${name}`, id, ...item]),
      [`Event: ${name}Complete`, id, 'EventList: Complete', `ListItems: ${items.length}`],
    ];
    const unknown: Lines[] = [['Response: Error', id, 'Message: Invalid/unknown command']];
    switch (action.get('Action')) {
      case 'Login':
        return [good('Message: Authentication accepted'), ['Event: FullyBooted', 'Status: Fully Booted']];
      case 'Logoff':
        return [['Response: Goodbye', id]];
      case 'Ping':
        return [good('Ping: Pong', stamp())];
      case 'CoreSettings':
        return [good(`AsteriskVersion: ${asterisk.version}`)];
      case 'CoreStatus':
        return [good('CoreStartupDate: 2026-01-01', 'CoreStartupTime: 00:00:00')];
      case 'CoreShowChannels':
        return list('CoreShowChannel', pbx.channels);
      case 'BridgeList':
        return pbx.bridges === null ? unknown : list('BridgeListItem', pbx.bridges);
      case 'ExtensionStateList':
        return pbx.hints === null ? unknown : list('ExtensionStatus', pbx.hints);
      case 'Hangup':
        pbx.say('Hangup', [`Channel: ${action.get('Channel') ?? ''}`, ...pbx.hangups, 'Cause: 16']);
        return [good('Message: Channel Hungup')];
      case 'QueueStatus':
        return list('QueueMember', []);
      default:
        return unknown;
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const pbx: SmallPbx = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    now: () => Date.now() + clockAheadMs,
    channels: [],
    bridges: [],
    hints: null,
    timestamps: true,
    hangups: [],
    say(event, lines) {
      for (const socket of readers)
        send(socket, [`Event: ${event}`, ...(pbx.timestamps ? [stamp()] : []), ...lines]);
    },
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    async stop() {
      pbx.cut();
      server.close();
      await once(server, 'close');
    },
  };
  return pbx;
}
