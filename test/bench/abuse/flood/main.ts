import { connect } from 'node:net';
import { frameOf } from '../../../house/raw-link.ts';
import { pause } from '../../machine.ts';
import type { FloodKind, FloodOrder } from '../floods.ts';
import { answered, createTally, type Flooder, opened } from './sending.ts';

/** One flood in a process of its own. Its parent says which in the first argument, and `stop` over ipc. Whatever happens, it ends after two minutes. */
const longestMs = 120_000;

const floods: Readonly<Record<FloodKind, (flooder: Flooder, order: FloodOrder) => Promise<unknown>>> = {
  links: (flooder) => Promise.all([strangersLinks(flooder), oneAgentsWords(flooder)]),
  bodies: (flooder) => bodies(flooder),
  logins: (flooder) => Promise.all(Array.from({ length: 60 }, (_, at) => guesses(flooder, at))),
  connections: (flooder, order) =>
    Promise.all([unfinished(flooder), openings(flooder), changes(flooder, order)]),
};

/** Nobody is logged in: the frame that asks for a connection, again and again, on every link that opens. */
async function strangersLinks(flooder: Flooder): Promise<void> {
  const nobody = { ...flooder, cookie: '' };
  while (flooder.goesOn()) {
    const socket = await opened(nobody);
    if (socket !== null) await write(flooder, socket, '40');
    await pause(20);
  }
}

/** Somebody is: words that cost the server an answer each. */
async function oneAgentsWords(flooder: Flooder): Promise<void> {
  while (flooder.goesOn()) {
    const socket = await opened(flooder);
    if (socket !== null) {
      socket.write(frameOf('40'));
      await write(flooder, socket, '42["resync"]');
    }
    await pause(100);
  }
}

async function write(
  { goesOn, count, atEnd }: Flooder,
  socket: NonNullable<Awaited<ReturnType<typeof opened>>>,
  word: string,
): Promise<void> {
  atEnd(() => socket.destroy());
  const words = 500;
  const many = Buffer.concat(Array.from({ length: words }, () => frameOf(word)));
  while (goesOn() && !socket.destroyed) {
    if (socket.write(many)) count('words', words);
    await pause(10);
  }
  if (goesOn()) count('links cut');
}

async function bodies(flooder: Flooder): Promise<void> {
  const megabyte = 1_000_000;
  const deep = '['.repeat(megabyte);
  const wide = `{${Array.from({ length: 60_000 }, (_, at) => `"key${at}":${at}`).join(',')}}`;
  const underWay: Promise<unknown>[] = [];
  while (flooder.goesOn()) {
    for (const path of ['/api/nothing', '/api/login'])
      for (const body of [deep, wide]) underWay.push(answered(flooder, { method: 'POST', path, body }));
    await pause(250);
  }
  await Promise.all(underWay);
}

async function guesses(flooder: Flooder, at: number): Promise<void> {
  for (let guess = 0; flooder.goesOn(); guess += 1) {
    const body = JSON.stringify({
      login: guess % 2 === 0 ? 'vera' : `nobody${at}`,
      password: `guess ${guess}`,
    });
    await answered(flooder, { method: 'POST', path: '/api/login', body });
    await pause(100);
  }
}

/** Requests that begin and never end; what is cut is opened again. */
async function unfinished(flooder: Flooder): Promise<void> {
  const most = 1500;
  const beginnings = [
    '',
    'GET / HTTP/1.1\r\nHost: here\r\nX-',
    'POST /api/login HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
  ];
  let open = 0;
  let at = 0;
  while (flooder.goesOn()) {
    for (let more = Math.min(50, most - open); more > 0; more -= 1) {
      open += 1;
      at += 1;
      const socket = connect({
        host: flooder.url.hostname,
        port: Number(flooder.url.port),
        localAddress: '127.0.0.2',
      });
      socket.on('error', () => undefined).resume();
      socket.once('close', () => {
        open -= 1;
        flooder.count('connections closed');
      });
      socket.write(beginnings[at % beginnings.length] ?? '');
      flooder.atEnd(() => socket.destroy());
      flooder.count('connections opened');
    }
    await pause(50);
  }
}

async function openings(flooder: Flooder): Promise<void> {
  while (flooder.goesOn()) {
    const socket = await opened(flooder);
    flooder.atEnd(() => socket?.destroy());
    await pause(50);
  }
}

/** Thirty changes of one customer at once, and again when all are answered. */
async function changes(flooder: Flooder, { customerId }: FloodOrder): Promise<void> {
  const change = (at: number) =>
    answered(flooder, {
      method: 'PUT',
      path: `/api/customers/${customerId}`,
      cookie: flooder.cookie,
      body: JSON.stringify({ name: `Name ${at}`, phones: [{ raw: '+79165550199' }] }),
    });
  while (flooder.goesOn()) {
    await Promise.all(Array.from({ length: 30 }, (_, at) => change(at)));
    await pause(100);
  }
}

async function main(): Promise<void> {
  const order: FloodOrder = JSON.parse(process.argv[2] ?? 'null');
  const { tally, count } = createTally();
  const ends = new Set<() => void>();
  let goesOn = true;
  const stop = () => {
    goesOn = false;
    for (const end of ends) end();
  };
  process.once('message', stop);
  process.once('disconnect', stop);
  setTimeout(stop, longestMs).unref();
  process.send?.('begun');
  const flooder: Flooder = {
    url: new URL(order.url),
    cookie: order.cookie,
    count,
    goesOn: () => goesOn,
    atEnd(run) {
      ends.add(run);
      return () => ends.delete(run);
    },
  };
  await floods[order.kind](flooder, order);
  process.send?.(tally, () => process.exit(0));
}

await main();
