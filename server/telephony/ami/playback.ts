import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as passed } from 'node:timers/promises';
import { AmiDecoder } from './decoder.ts';
import { AmiError } from './error.ts';
import { AmiMessage } from './message.ts';
import { readRecording } from './recording.ts';

export interface PlaybackOptions {
  /** Recordings (see readRecording), played one after the other. */
  files: readonly string[];
  /** 0: any free port. */
  port: number;
  host?: string;
  /** `real`: at the pace of the recording; `max`: as fast as the client reads. */
  speed: 'real' | 'max';
}

export interface Playback {
  port: number;
  stop(): Promise<void>;
}

/** A client that asks for no snapshot after its login gets the stream this much (ms) later all the same. */
const SNAPSHOT_WAIT_MS = 1_000;

/**
 * An AMI server that plays recorded events, with their own times, to each client from the beginning. Any user may log in. It answers
 * Login, Ping, Logoff, CoreStatus, and empty lists to all that is asked for a snapshot; it cannot act. The playing begins when QueueStatus was
 * answered: events that came before the client's snapshot would be contradicted by it.
 * Rejects when the port cannot be had.
 */
export async function startPlayback(options: PlaybackOptions): Promise<Playback> {
  const clients = new Set<PlaybackClient>();
  const [date = '', time = ''] = new Date().toISOString().split(/[T.]/);
  const startedAt: [string, string][] = [
    ['CoreStartupDate', date],
    ['CoreStartupTime', time],
  ];
  const server = net.createServer((socket) => {
    const client = new PlaybackClient(socket, { ...options, startedAt });
    clients.add(client);
    socket.once('close', () => clients.delete(client));
  });
  server.listen(options.port, options.host ?? '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    stop: async () => {
      for (const client of clients) client.socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

class PlaybackClient {
  readonly socket: net.Socket;
  private readonly options: PlaybackOptions & { startedAt: readonly [string, string][] };
  private readonly closed = new AbortController();
  private mask = '';
  private playing = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(socket: net.Socket, options: PlaybackClient['options']) {
    this.socket = socket;
    this.options = options;
    const decoder = new AmiDecoder({ maxMessageBytes: 131_072, onMessage: (action) => this.answer(action) });
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clearTimeout(this.timer);
      this.closed.abort();
    });
    socket.on('data', (chunk: Buffer) => {
      try {
        decoder.push(chunk);
      } catch (error) {
        if (!(error instanceof AmiError)) throw error;
        socket.destroy();
      }
    });
    socket.write('Asterisk Call Manager/11.0.0\r\n');
  }

  private answer(action: AmiMessage): void {
    const id = action.actionId;
    const head: [string, string][] = id === undefined ? [] : [['ActionID', id]];
    const name = action.get('Action') ?? '';
    switch (name.toLowerCase()) {
      case 'login':
        this.mask = action.get('Events')?.toLowerCase() ?? 'on';
        this.send([['Response', 'Success'], ...head, ['Message', 'Authentication accepted']]);
        this.send([
          ['Event', 'FullyBooted'],
          ['Privilege', 'system,all'],
          ['Status', 'Fully Booted'],
        ]);
        this.timer = setTimeout(() => this.begin(), SNAPSHOT_WAIT_MS);
        break;
      case 'ping':
        this.send([['Response', 'Success'], ...head, ['Ping', 'Pong']]);
        break;
      case 'logoff':
        this.send([['Response', 'Goodbye'], ...head, ['Message', 'Thanks for all the fish.']]);
        this.socket.end();
        break;
      case 'corestatus':
        // Each start of a playback is another start of the PBX that it plays.
        this.send([['Response', 'Success'], ...head, ...this.options.startedAt]);
        break;
      case 'coresettings':
        this.send([['Response', 'Success'], ...head, ['AMIversion', '11.0.0'], ['SystemName', '']]);
        break;
      case 'getvar':
        this.send([
          ['Response', 'Success'],
          ...head,
          ['Variable', action.get('Variable') ?? ''],
          ['Value', ''],
        ]);
        break;
      case 'bridgelist':
      case 'extensionstatelist':
      case 'devicestatelist':
      case 'sippeers':
      case 'coreshowchannels':
      case 'queuestatus':
        this.sendEmptyList(name, head);
        if (name.toLowerCase() === 'queuestatus') this.begin();
        break;
      default:
        this.send([
          ['Response', 'Error'],
          ...head,
          ['Message', `This is a recording: it cannot do ${name.slice(0, 40)}`],
        ]);
    }
  }

  private sendEmptyList(name: string, head: readonly [string, string][]): void {
    this.send([
      ['Response', 'Success'],
      ...head,
      ['EventList', 'start'],
      ['Message', 'The list will follow'],
    ]);
    this.send([['Event', `${name}Complete`], ...head, ['EventList', 'Complete'], ['ListItems', '0']]);
  }

  private begin(): void {
    clearTimeout(this.timer);
    if (this.playing || this.mask === 'off') return;
    this.playing = true;
    this.play().catch((error: unknown) => {
      if (!this.closed.signal.aborted) console.error(error instanceof Error ? error.message : error);
    });
  }

  private async play(): Promise<void> {
    let offset: number | undefined;
    for (const file of this.options.files) {
      for await (const recorded of readRecording(file)) {
        if (this.closed.signal.aborted) return;
        if (recorded.kind !== 'message' || !this.isForClient(recorded.message)) continue;
        if (this.options.speed === 'real' && recorded.at !== null) {
          offset ??= Date.now() - recorded.at;
          await this.until(recorded.at + offset);
        }
        if (!this.socket.write(recorded.message.bytes)) {
          await once(this.socket, 'drain', { signal: this.closed.signal });
        }
      }
      // The next file may be of another day: its first event follows the last one of this file at once.
      offset = undefined;
    }
  }

  /** Live events of the classes asked for. Answers to the recorder's own actions and its login are no business of this client. */
  private isForClient(message: AmiMessage): boolean {
    const { event } = message;
    if (event === undefined || event === 'FullyBooted') return false;
    if (message.actionId !== undefined && event !== 'OriginateResponse') return false;
    if (this.mask === 'on' || this.mask === 'all') return true;
    const privilege = message.get('Privilege')?.split(',')[0] ?? '';
    return this.mask.split(/\s*,\s*/).includes(privilege);
  }

  private async until(time: number): Promise<void> {
    const ms = time - Date.now();
    if (ms <= 0) return;
    // It lets go of the signal when the time has passed: a recording has thousands of such waits.
    await passed(ms, undefined, { signal: this.closed.signal }).catch(() => undefined);
  }

  private send(fields: readonly (readonly [string, string])[]): void {
    this.socket.write(AmiMessage.from(fields).bytes);
  }
}
