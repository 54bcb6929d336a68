import type { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import { lines, type PbxEvent } from '../engine/events.ts';
import type { Pbx } from '../engine/state.ts';
import { type Action, type ActionKind, type Reply, readAction } from './action.ts';
import { CALL_ACTIONS } from './call-actions.ts';
import { QUEUE_ACTIONS } from './queue-actions.ts';
import { replyTo } from './reply.ts';
import { STATE_ACTIONS } from './state-actions.ts';

/** Who may log in, and what for: `all`, or classes as in manager.conf. */
export interface Account {
  username: string;
  secret: string;
  read: ReadonlySet<string>;
  write: ReadonlySet<string>;
}

export interface SessionOptions {
  pbx: Pbx;
  socket: Socket;
  accounts: readonly Account[];
  closed(session: Session): void;
  /** The command `core restart now`. */
  restart(): void;
}

export interface Session {
  /** Whether it wants this event. */
  wants(event: PbxEvent): boolean;
  /** Writes an encoded event, or keeps it until the action that runs now has answered. */
  deliver(bytes: Buffer): void;
  /** Events written so far, those of lists included. */
  readonly written: number;
  end(): void;
}

const ACTIONS = new Map(
  [...QUEUE_ACTIONS, ...CALL_ACTIONS, ...STATE_ACTIONS].map((kind) => [kind.name.toLowerCase(), kind]),
);
/** Actions that concern the session itself. */
const OWN_ACTIONS: readonly Omit<ActionKind, 'run'>[] = [
  { name: 'Command', synopsis: 'Execute Asterisk CLI Command.', classes: ['command'] },
  { name: 'Events', synopsis: 'Control Event Flow.', classes: [] },
  { name: 'ListCommands', synopsis: 'List available manager commands.', classes: [] },
  { name: 'Login', synopsis: 'Login Manager.', classes: [] },
  { name: 'Logoff', synopsis: 'Logoff Manager.', classes: [] },
];

/** What Asterisk takes before it gives a reader up: this many unread bytes at once, or any for as long as writetimeout. */
const UNREAD_LIMIT = 32 * 1024 * 1024;
const UNREAD_SLOW = 1024 * 1024;
const WRITE_TIMEOUT_MS = 5000;
const ACTION_LIMIT = 64 * 1024;

const allows = (granted: ReadonlySet<string>, classes: readonly string[]): boolean =>
  classes.length === 0 || granted.has('all') || classes.some((one) => granted.has(one));

/** `on`, `off`, or classes; null when it names none. */
function readMask(text: string): ReadonlySet<string> | null {
  const value = text.trim().toLowerCase();
  if (/^(on|yes|true|y|t|all)$/.test(value)) return new Set(['all']);
  if (/^(off|no|false|n|f|0)$/.test(value)) return new Set();
  const classes = value.split(',').map((one) => one.trim());
  return classes.every((one) => /^[a-z]+$/.test(one)) ? new Set(classes) : null;
}

/** Each write holds one message at most. */
function isEvent(data: string | Buffer): boolean {
  return typeof data === 'string' ? data.startsWith('Event: ') : data.subarray(0, 7).equals(EVENT);
}
const EVENT = Buffer.from('Event: ');

/** One AMI connection: login, event mask, actions. Bad input is answered as Asterisk does, never thrown. */
export function openSession(options: SessionOptions): Session {
  return new SimulatedSession(options);
}

class SimulatedSession implements Session {
  private readonly pbx: Pbx;
  private readonly socket: Socket;
  private readonly accounts: readonly Account[];
  private readonly restart: SessionOptions['restart'];
  private account: Account | null = null;
  private mask: ReadonlySet<string> = new Set();
  private held: Buffer[] | null = null;
  private slowSince: number | null = null;
  private corked = false;
  private writtenEvents = 0;

  constructor(options: SessionOptions) {
    this.pbx = options.pbx;
    this.socket = options.socket;
    this.accounts = options.accounts;
    this.restart = options.restart;
    const decoder = new StringDecoder('utf8');
    let unread = '';
    this.socket.setNoDelay(true);
    this.socket.on('error', () => this.socket.destroy());
    this.socket.on('close', () => options.closed(this));
    this.socket.on('data', (chunk) => {
      unread += decoder.write(chunk);
      for (let end = unread.indexOf('\r\n\r\n'); end >= 0; end = unread.indexOf('\r\n\r\n')) {
        const block = unread.slice(0, end);
        unread = unread.slice(end + 4);
        this.run(readAction(block));
      }
      if (unread.length > ACTION_LIMIT) this.socket.destroy();
    });
    this.write('Asterisk Call Manager/11.0.0\r\n');
  }

  wants({ eventClass }: PbxEvent): boolean {
    if (this.account === null || this.mask.size === 0) return false;
    return allows(this.account.read, [eventClass]) && allows(this.mask, [eventClass]);
  }

  deliver(bytes: Buffer): void {
    if (this.held === null) this.write(bytes);
    else this.held.push(bytes);
  }

  get written(): number {
    return this.writtenEvents;
  }

  end(): void {
    this.socket.destroy();
  }

  private write(data: string | Buffer): void {
    if (this.socket.destroyed) return;
    if (!this.corked) {
      // All that is said in one go leaves in one packet.
      this.corked = true;
      this.socket.cork();
      process.nextTick(() => {
        this.corked = false;
        this.socket.uncork();
      });
    }
    this.socket.write(data);
    if (isEvent(data)) this.writtenEvents++;
    if (this.socket.writableLength > UNREAD_SLOW) this.slowSince ??= Date.now();
    else this.slowSince = null;
    const tooLong = this.slowSince !== null && Date.now() - this.slowSince > WRITE_TIMEOUT_MS;
    if (tooLong || this.socket.writableLength > UNREAD_LIMIT) this.socket.destroy();
  }

  private login(action: Action, reply: Reply): void {
    const found = this.accounts.find(
      (one) => one.username === action.get('Username') && one.secret === action.get('Secret'),
    );
    if (found === undefined) {
      reply.error('Authentication failed');
      this.socket.end();
      return;
    }
    this.account = found;
    this.mask = readMask(action.get('Events') ?? 'on') ?? new Set();
    reply.success('Authentication accepted');
    if (!this.pbx.booted || !allows(found.read, ['system']) || !allows(this.mask, ['system'])) return;
    const uptime = Math.floor((this.pbx.clock.now() - this.pbx.startedAt) / 1000);
    this.write(
      `Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: ${uptime}\r\nLastReload: ${uptime}\r\nStatus: Fully Booted\r\n\r\n`,
    );
  }

  private setMask(action: Action, reply: Reply): void {
    const wanted = readMask(action.get('EventMask') ?? '');
    if (wanted === null) {
      reply.error('Invalid event mask');
      return;
    }
    this.mask = wanted;
    reply.fields({ Events: this.mask.size === 0 ? 'Off' : 'On' });
  }

  private listCommands(reply: Reply): void {
    const fields: Record<string, string> = {};
    const known = [...ACTIONS.values(), ...OWN_ACTIONS].sort((a, b) => a.name.localeCompare(b.name));
    for (const { name, synopsis, classes } of known)
      fields[name] = `${synopsis}  (Priv: ${classes.length === 0 ? '<none>' : classes.join(',')})`;
    reply.fields(fields);
  }

  /** Asterisk's command line, of which the simulator knows one command. */
  private runCommand(action: Action, reply: Reply, { write: granted }: Account): void {
    const command = action.get('Command') ?? '';
    if (!allows(granted, ['command'])) reply.error('Permission denied');
    else if (/^core restart now$/i.test(command.trim())) this.restart();
    else reply.error(`Command output follows\r\nOutput: No such command '${command}'`);
  }

  private run(action: Action): void {
    const reply = replyTo(action, (text) => this.write(text));
    const name = action.name.toLowerCase();
    if (name === '') reply.error('Missing action in request');
    else if (name === 'login') this.login(action, reply);
    else if (name === 'logoff') {
      this.write(
        `Response: Goodbye\r\n${action.id === null ? '' : lines({ ActionID: action.id })}Message: Thanks for all the fish.\r\n\r\n`,
      );
      this.socket.end();
    } else if (this.account === null) reply.error('Permission denied');
    else if (name === 'command') this.runCommand(action, reply, this.account);
    else if (name === 'events') this.setMask(action, reply);
    else if (name === 'listcommands') this.listCommands(reply);
    else this.runKind(action, reply, this.account);
  }

  private runKind(action: Action, reply: Reply, { write: granted }: Account): void {
    const kind = ACTIONS.get(action.name.toLowerCase());
    if (kind === undefined)
      reply.error(
        `Invalid/unknown command: ${action.name}. Use Action: ListCommands to show available commands.`,
      );
    else if (!allows(granted, kind.classes)) reply.error('Permission denied');
    else {
      // Events of a session wait while its action runs.
      this.held = [];
      kind.run({ pbx: this.pbx, action, reply });
      const waited = this.held;
      this.held = null;
      for (const bytes of waited) this.write(bytes);
    }
  }
}
