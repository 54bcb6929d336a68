import { connect, type Socket } from 'node:net';

export type AmiFields = Record<string, string>;

/** A second, very small AMI client: the lab starts and watches scenarios with it, independently of the client that is under test. */
export interface AmiProbe {
  /** Resolves with the response, whatever it says; `list` holds what followed it. */
  action(
    fields: Record<string, string | number | string[]>,
  ): Promise<{ response: AmiFields; list: AmiFields[] }>;
  /** The first matching event from now on. Rejects after `withinMs` (30 s). */
  event(name: string, matches?: (fields: AmiFields) => boolean, withinMs?: number): Promise<AmiFields>;
  /** Calls back for every event until the connection ends. */
  onEvent(listener: (fields: AmiFields) => void): void;
  /** Resolves when no channel is left. */
  idle(withinMs?: number): Promise<void>;
  closed: Promise<void>;
  close(): Promise<void>;
}

export interface ProbeOptions {
  host: string;
  port: number;
  user: string;
  secret: string;
  /** `on`, `off` or classes. */
  events?: string;
  /** Gets every chunk as it arrived, for recording. */
  onBytes?: (chunk: Buffer) => void;
}

interface Pending {
  name: string;
  response?: AmiFields;
  list: AmiFields[];
  resolve(result: { response: AmiFields; list: AmiFields[] }): void;
  reject(error: Error): void;
}

/** Logs in. @throws Error with Asterisk's words when the login is refused */
export async function openProbe(options: ProbeOptions): Promise<AmiProbe> {
  const socket = await open(options.host, options.port);
  const pending = new Map<string, Pending>();
  const listeners = new Set<(fields: AmiFields) => void>();
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  let sent = 0;
  let text = '';

  socket.on('data', (chunk) => {
    options.onBytes?.(chunk);
    text += chunk.toString('latin1');
    for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
      const block = Buffer.from(text.slice(0, end), 'latin1').toString('utf8');
      text = text.slice(end + 4);
      receive(parse(block));
    }
  });
  socket.on('error', () => undefined);
  void closed.then(() => {
    for (const action of pending.values()) action.reject(new Error(`AMI closed during ${action.name}`));
    pending.clear();
  });

  function receive(fields: AmiFields): void {
    if (fields['Event'] !== undefined) for (const listener of [...listeners]) listener(fields);
    const id = fields['ActionID'] ?? '';
    const action = pending.get(id);
    if (!action) return;
    const settle = () => {
      pending.delete(id);
      action.resolve({ response: action.response ?? fields, list: action.list });
    };
    if (fields['Response'] !== undefined) {
      action.response = fields;
      const follows = fields['EventList'] === 'start' || /will follow/i.test(fields['Message'] ?? '');
      if (fields['Response'] === 'Error' || !follows) settle();
    } else if (fields['EventList'] === 'Complete') settle();
    else action.list.push(fields);
  }

  const probe: AmiProbe = {
    closed,
    action: (fields) =>
      new Promise((resolve, reject) => {
        if (socket.destroyed) return reject(new Error('AMI is closed'));
        const id = `probe-${++sent}`;
        pending.set(id, { name: String(fields['Action']), list: [], resolve, reject });
        const lines = Object.entries(fields).flatMap(([key, value]) =>
          (Array.isArray(value) ? value : [value]).map((one) => `${key}: ${one}`),
        );
        socket.write(`${[...lines, `ActionID: ${id}`].join('\r\n')}\r\n\r\n`);
      }),
    event: (name, matches = () => true, withinMs = 30_000) => {
      const found = new Promise<AmiFields>((resolve, reject) => {
        const timer = setTimeout(
          () => settle(() => reject(new Error(`no ${name} in ${withinMs} ms`))),
          withinMs,
        );
        const listener = (fields: AmiFields) => {
          if (fields['Event'] === name && matches(fields)) settle(() => resolve(fields));
        };
        const settle = (how: () => void) => {
          clearTimeout(timer);
          listeners.delete(listener);
          how();
        };
        listeners.add(listener);
        void closed.then(() => settle(() => reject(new Error(`AMI closed before ${name}`))));
      });
      // Whoever awaits it still hears of the failure; whoever gave up on the scenario does not crash the process.
      found.catch(() => undefined);
      return found;
    },
    onEvent: (listener) => listeners.add(listener),
    idle: async (withinMs = 60_000) => {
      const end = Date.now() + withinMs;
      for (;;) {
        const { list } = await probe.action({ Action: 'CoreShowChannels' });
        if (list.length === 0) return;
        if (Date.now() > end) throw new Error(`${list.length} channels are still up`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    close: async () => {
      socket.end();
      setTimeout(() => socket.destroy(), 500).unref();
      await closed;
    },
  };

  const { response } = await probe.action({
    Action: 'Login',
    Username: options.user,
    Secret: options.secret,
    Events: options.events ?? 'on',
  });
  if (response['Response'] !== 'Success') {
    socket.destroy();
    throw new Error(`AMI login of ${options.user}: ${response['Message']}`);
  }
  return probe;
}

function open(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port }, () => resolve(socket));
    socket.once('error', reject);
  });
}

/** One message. The values of a repeated header are joined by line ends; the banner in front of the first message is no header. */
function parse(block: string): AmiFields {
  const fields: AmiFields = {};
  for (const line of block.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const key = line.slice(0, colon);
    const value = line.slice(colon + 1).replace(/^ /, '');
    const before = fields[key];
    fields[key] = before === undefined ? value : `${before}\n${value}`;
  }
  return fields;
}
