import {
  type AmiMessage,
  type AmiSession,
  type AmiState,
  createAmiSession,
} from '../../telephony/ami/index.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from './index.ts';

/** The simulator as the server meets it: through the AMI client, over a socket, in (fast) real time. */

let stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.reverse()) await stop();
  stops = [];
});

async function start(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  const simulator = await startSimulator({ username: 'desk', secret: 's3cret', seed: 1, ...options });
  stops.push(simulator.stop);
  return simulator;
}

interface Link {
  session: AmiSession;
  /** The next event from now on that fits. */
  next(name: string, fits?: (message: AmiMessage) => boolean): Promise<AmiMessage>;
}

function link(port: number, secret = 's3cret'): Promise<{ link: Link; state: AmiState }> {
  const waiting = new Set<(message: AmiMessage) => void>();
  return new Promise((resolve) => {
    const session = createAmiSession({
      name: 'sim',
      host: '127.0.0.1',
      port,
      username: 'desk',
      secret,
      events: 'system,call,agent,user,dtmf',
      onMessage: (message) => {
        for (const hear of [...waiting]) hear(message);
      },
      onState: (state) => {
        if (state.kind !== 'connecting') resolve({ link: connection, state });
      },
    });
    const connection: Link = {
      session,
      next: (name, fits = () => true) =>
        new Promise((heard) => {
          const hear = (message: AmiMessage): void => {
            if (message.get('Event') !== name || !fits(message)) return;
            waiting.delete(hear);
            heard(message);
          };
          waiting.add(hear);
        }),
    };
    stops.push(() => session.stop());
    session.start();
  });
}

test('the desk logs in, a wrong secret is told apart', async () => {
  const { port, stats } = await start();
  const { state } = await link(port);
  expect(state).toMatchObject({ kind: 'ready', banner: 'Asterisk Call Manager/11.0.0' });
  expect(stats().sessions).toBe(1);
  expect((await link(port, 'wrong')).state).toMatchObject({ kind: 'down', reason: 'login-refused' });
});

test('somebody takes a seat: a known customer rings, is answered, and is hung up from the desk', async () => {
  const { port } = await start({ speed: 20 });
  const { link: desk } = await link(port);
  const rings = desk.next('AgentCalled', (m) => m.get('Interface') === 'PJSIP/1001');
  const talks = desk.next('AgentConnect', (m) => m.get('Interface') === 'PJSIP/1001');
  const ends = desk.next('AgentComplete', (m) => m.get('Interface') === 'PJSIP/1001');
  await desk.session.action('QueuePause', { Interface: 'PJSIP/1001', Paused: 'false' });
  const called = await rings;
  expect(called.get('CallerIDNum')).toMatch(/^\d{10,13}$/);
  const connect = await talks;
  expect(connect.get('Uniqueid')).toBe(called.get('Uniqueid'));
  await desk.session.action('Hangup', { Channel: connect.get('DestChannel') ?? '', Cause: '16' });
  // An action is nobody's request: the queue takes the caller, whose dialplan is over, for the one who ended it, and does not know the leg any more.
  const end = await ends;
  expect(end.get('Reason')).toBe('caller');
  expect(end.get('DestChannel')).toBeUndefined();
});

test('lists come whole while calls go on', async () => {
  const { port, stats } = await start({ callsPerSecond: 30, agents: 60 });
  const { link: desk } = await link(port);
  await desk.next('AgentConnect');
  const channels = await desk.session.action('CoreShowChannels', {}, { list: true });
  expect(channels.events.length).toBeGreaterThan(1);
  const queues = await desk.session.action('QueueStatus', {}, { list: true });
  const members = queues.events.filter((event) => event.get('Event') === 'QueueMember');
  // 1003 is a member of two queues.
  expect(members).toHaveLength(61);
  expect(stats().calls).toBeGreaterThan(0);
});

test('tells when an event has been written, with the call that it is about', async () => {
  const written: [name: string, uniqueid: string | null, at: number][] = [];
  const { port } = await start({
    callsPerSecond: 30,
    agents: 40,
    onWrite: (name, uniqueid, at) => written.push([name, uniqueid, at]),
  });
  const { link: desk } = await link(port);
  const called = await desk.next('AgentCalled');
  const told = written.find(([name, id]) => name === 'AgentCalled' && id === called.get('Uniqueid'));
  expect(Math.abs((told?.[2] ?? 0) - Date.now())).toBeLessThan(60_000);
});

test('a port that is taken is an error, not a crash', async () => {
  const { port } = await start();
  await expect(start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('core restart now, sent as an action, restarts the exchange: who comes back early hears it start', async () => {
  const { port } = await start();
  const { link: desk } = await link(port);
  const booted = desk.next('FullyBooted');
  // The link is gone before anybody could answer.
  await expect(desk.session.action('Command', { Command: 'core restart now' })).rejects.toThrow();
  expect((await booted).get('Status')).toBe('Fully Booted');
  const { events } = await desk.session.action('QueueStatus', {}, { list: true });
  // The free seats were paused; a restart forgets that.
  const paused = events.filter((event) => event.get('Paused') === '1');
  expect(paused).toEqual([]);
});

test('a restart cuts the desk off; it comes back by itself, to an exchange without calls that takes new ones', async () => {
  const simulator = await start({ callsPerSecond: 5, agents: 20, speed: 5 });
  const { link: desk } = await link(simulator.port);
  const before = await desk.next('AgentConnect');
  await simulator.restart();
  const gone = new Set<string>();
  void desk.next('Hangup', (message) => {
    gone.add(message.get('Uniqueid') ?? '');
    return false;
  });
  // The same session, logged in anew: nothing is said of the calls that are gone.
  const after = await desk.next('AgentConnect');
  expect(after.get('Uniqueid')).not.toBe(before.get('Uniqueid'));
  expect(gone).not.toContain(before.get('Uniqueid'));
});
