import type { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import { lines, type PbxEvent } from '../engine/events.ts';
import type { Pbx } from '../engine/state.ts';
import { type Action, type ActionKind, type ListItem, type Reply, readAction } from './action.ts';
import { CALL_ACTIONS } from './call-actions.ts';
import { QUEUE_ACTIONS } from './queue-actions.ts';
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
export function openSession({ pbx, socket, accounts, closed, restart }: SessionOptions): Session {
  const decoder = new StringDecoder('utf8');
  let unread = '';
  let account: Account | null = null;
  let mask: ReadonlySet<string> = new Set();
  let held: Buffer[] | null = null;
  let slowSince: number | null = null;
  let corked = false;
  let written = 0;

  function write(data: string | Buffer): void {
    if (socket.destroyed) return;
    if (!corked) {
      // All that is said in one go leaves in one packet.
      corked = true;
      socket.cork();
      process.nextTick(() => {
        corked = false;
        socket.uncork();
      });
    }
    socket.write(data);
    if (isEvent(data)) written++;
    if (socket.writableLength > UNREAD_SLOW) slowSince ??= Date.now();
    else slowSince = null;
    const tooLong = slowSince !== null && Date.now() - slowSince > WRITE_TIMEOUT_MS;
    if (tooLong || socket.writableLength > UNREAD_LIMIT) socket.destroy();
  }

  function replyTo(action: Action): Reply {
    const id = action.id === null ? '' : lines({ ActionID: action.id });
    const item = ({ event, text, idFirst }: ListItem): string =>
      `Event: ${event}\r\n${idFirst ? id : ''}${text}${idFirst ? '' : id}\r\n`;
    return {
      success: (message, fields = {}) =>
        write(`Response: Success\r\n${id}${lines({ Message: message, ...fields })}\r\n`),
      fields: (fields) => write(`Response: Success\r\n${id}${lines(fields)}\r\n`),
      error: (message) => write(`Response: Error\r\n${id}Message: ${message}\r\n\r\n`),
      list(message, complete, items) {
        write(`Response: Success\r\n${id}EventList: start\r\nMessage: ${message}\r\n\r\n`);
        for (const one of items) write(item(one));
        const end = lines({ EventList: 'Complete', ListItems: items.length });
        write(`Event: ${complete}\r\n${id}${end}\r\n`);
      },
    };
  }

  function login(action: Action, reply: Reply): void {
    const found = accounts.find(
      (one) => one.username === action.get('Username') && one.secret === action.get('Secret'),
    );
    if (found === undefined) {
      reply.error('Authentication failed');
      socket.end();
      return;
    }
    account = found;
    mask = readMask(action.get('Events') ?? 'on') ?? new Set();
    reply.success('Authentication accepted');
    if (!pbx.booted || !allows(found.read, ['system']) || !allows(mask, ['system'])) return;
    const uptime = Math.floor((pbx.clock.now() - pbx.startedAt) / 1000);
    write(
      `Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: ${uptime}\r\nLastReload: ${uptime}\r\nStatus: Fully Booted\r\n\r\n`,
    );
  }

  function setMask(action: Action, reply: Reply): void {
    const wanted = readMask(action.get('EventMask') ?? '');
    if (wanted === null) {
      reply.error('Invalid event mask');
      return;
    }
    mask = wanted;
    reply.fields({ Events: mask.size === 0 ? 'Off' : 'On' });
  }

  function listCommands(reply: Reply): void {
    const fields: Record<string, string> = {};
    const known = [...ACTIONS.values(), ...OWN_ACTIONS].sort((a, b) => a.name.localeCompare(b.name));
    for (const { name, synopsis, classes } of known)
      fields[name] = `${synopsis}  (Priv: ${classes.length === 0 ? '<none>' : classes.join(',')})`;
    reply.fields(fields);
  }

  /** Asterisk's command line, of which the simulator knows one command. */
  function runCommand(action: Action, reply: Reply, { write: granted }: Account): void {
    const command = action.get('Command') ?? '';
    if (!allows(granted, ['command'])) reply.error('Permission denied');
    else if (/^core restart now$/i.test(command.trim())) restart();
    else reply.error(`Command output follows\r\nOutput: No such command '${command}'`);
  }

  function run(action: Action): void {
    const reply = replyTo(action);
    const name = action.name.toLowerCase();
    if (name === '') reply.error('Missing action in request');
    else if (name === 'login') login(action, reply);
    else if (name === 'logoff') {
      write(
        `Response: Goodbye\r\n${action.id === null ? '' : lines({ ActionID: action.id })}Message: Thanks for all the fish.\r\n\r\n`,
      );
      socket.end();
    } else if (account === null) reply.error('Permission denied');
    else if (name === 'command') runCommand(action, reply, account);
    else if (name === 'events') setMask(action, reply);
    else if (name === 'listcommands') listCommands(reply);
    else runKind(action, reply, account);
  }

  function runKind(action: Action, reply: Reply, { write: granted }: Account): void {
    const kind = ACTIONS.get(action.name.toLowerCase());
    if (kind === undefined)
      reply.error(
        `Invalid/unknown command: ${action.name}. Use Action: ListCommands to show available commands.`,
      );
    else if (!allows(granted, kind.classes)) reply.error('Permission denied');
    else {
      // Events of a session wait while its action runs.
      held = [];
      kind.run({ pbx, action, reply });
      const waited = held;
      held = null;
      for (const bytes of waited) write(bytes);
    }
  }

  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => closed(session));
  socket.on('data', (chunk) => {
    unread += decoder.write(chunk);
    for (let end = unread.indexOf('\r\n\r\n'); end >= 0; end = unread.indexOf('\r\n\r\n')) {
      const block = unread.slice(0, end);
      unread = unread.slice(end + 4);
      run(readAction(block));
    }
    if (unread.length > ACTION_LIMIT) socket.destroy();
  });
  write('Asterisk Call Manager/11.0.0\r\n');

  const session: Session = {
    wants: ({ eventClass }) => {
      if (account === null || mask.size === 0) return false;
      return allows(account.read, [eventClass]) && allows(mask, [eventClass]);
    },
    deliver(bytes) {
      if (held === null) write(bytes);
      else held.push(bytes);
    },
    get written() {
      return written;
    },
    end: () => socket.destroy(),
  };
  return session;
}
