import net from 'node:net';
import { AmiError } from './error.ts';
import type { AmiOptions } from './options.ts';
import { type OpenSession, openSession } from './testing/open-session.ts';
import {
  acceptLogin,
  type ScriptedServer,
  type ScriptOptions,
  startScriptedServer,
} from './testing/scripted-server.ts';

const servers: ScriptedServer[] = [];
const sessions: OpenSession[] = [];

async function pbx(options: ScriptOptions = {}): Promise<ScriptedServer> {
  const server = await startScriptedServer(options);
  servers.push(server);
  return server;
}

function open(port: number, options: Partial<AmiOptions> = {}): OpenSession {
  const opened = openSession(port, options);
  sessions.push(opened);
  return opened;
}

afterEach(async () => {
  await Promise.all(sessions.splice(0).map(({ session }) => session.stop()));
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** Answers everything but the actions named. */
function deafTo(...actions: string[]): ScriptOptions {
  return {
    answer: (action, client) => {
      if (!actions.includes(action.get('Action') ?? '')) acceptLogin(action, client);
    },
  };
}

const later = 60_000;

describe('coming up', () => {
  it('logs in with the events asked for and is ready at FullyBooted', async () => {
    const server = await pbx();
    const link = open(server.port, { events: 'call,agent,system' });
    const login = await (await server.client()).next('Login');
    expect([login.get('Username'), login.get('Secret'), login.get('Events')]).toEqual([
      'ringdesk',
      'secret',
      'call,agent,system',
    ]);
    expect(await link.next('ready')).toEqual({ kind: 'ready', banner: 'Asterisk Call Manager/11.0.0' });
    expect(link.states.map((state) => state.kind)).toEqual(['connecting', 'ready']);
    expect(link.messages.map((message) => message.event)).toEqual(['FullyBooted']);
  });

  it('is ready with a warning when FullyBooted never comes', async () => {
    const server = await pbx({
      answer: (action, client) => client.send('Response: Success', `ActionID: ${action.actionId}`),
    });
    const ready = await open(server.port, { timing: { fullyBootedMs: 5 } }).next('ready');
    expect(ready.warning).toContain('give the user \'ringdesk\' the class "system"');
  });

  it.each(['off', 'call,agent'])('does not wait for FullyBooted with the events %j', async (events) => {
    const server = await pbx({
      answer: (action, client) => client.send('Response: Success', `ActionID: ${action.actionId}`),
    });
    const ready = await open(server.port, { events, timing: { fullyBootedMs: later } }).next('ready');
    expect(ready).not.toHaveProperty('warning');
  });

  it('takes a banner and a login answer that come in pieces', async () => {
    const server = await pbx({
      greeting: null,
      answer: (action, { socket }) => {
        for (const byte of Buffer.from(
          `Response: Success\r\nActionID: ${action.actionId}\r\n\r\nEvent: FullyBooted\r\n\r\n`,
        )) {
          socket.write(Buffer.from([byte]));
        }
      },
    });
    const link = open(server.port);
    const { socket } = await server.client();
    for (const part of ['Aster', 'isk Call Manager/5.0.4\r', '\n']) socket.write(part);
    expect((await link.next('ready')).banner).toBe('Asterisk Call Manager/5.0.4');
  });
});

describe('events', () => {
  it('come in order, wanted ones only, list items not among them', async () => {
    const server = await pbx({
      answer: (action, client) => {
        acceptLogin(action, client);
        if (action.get('Action') !== 'QueueStatus') return;
        const id = `ActionID: ${action.actionId}`;
        // One write: a chunk with an answer, its items, and live events between and behind them.
        client.send(
          'Response: Success',
          id,
          'EventList: start',
          '',
          'Event: QueueMember',
          'Location: PJSIP/1001',
          id,
          '',
          'Event: Hangup',
          'Cause: 1',
          '',
          'Event: VarSet',
          'Variable: X',
          '',
          'Event: QueueStatusComplete',
          'EventList: Complete',
          id,
          '',
          'Event: Hangup',
          'Cause: 2',
          '',
          'Event: Hangup',
          'Cause: 3',
        );
      },
    });
    const link = open(server.port, { wanted: new Set(['Hangup']) });
    await link.next('ready');
    const order: string[] = [];
    const reply = await link.session.action('QueueStatus', {}, { onReply: () => order.push('reply') });
    expect(reply.events.map((item) => item.get('Location'))).toEqual(['PJSIP/1001']);
    await link.event('Hangup');
    expect(link.messages.map((message) => message.get('Cause') ?? message.event)).toEqual([
      'FullyBooted',
      '1',
      '2',
      '3',
    ]);
    expect(order).toEqual(['reply']);
  });

  it('include the OriginateResponse that bears our ActionID', async () => {
    const server = await pbx();
    const link = open(server.port);
    await link.next('ready');
    const client = await server.client();
    const answer = link.session.action('Originate', { Channel: 'PJSIP/1001' });
    const id = `ActionID: ${(await client.next('Originate')).actionId}`;
    client.send('Response: Success', id, 'Message: Originate successfully queued');
    client.send('Event: OriginateResponse', id, 'Response: Failure', 'Reason: 0');
    expect((await answer).response.get('Message')).toBe('Originate successfully queued');
    expect((await link.event('OriginateResponse')).get('Reason')).toBe('0');
  });
});

describe('actions', () => {
  it('are refused with the words of Asterisk', async () => {
    const server = await pbx();
    const link = open(server.port);
    await link.next('ready');
    const client = await server.client();
    const answer = link.session.action('QueueAdd', { Queue: 'sales', Interface: 'PJSIP/1001' });
    const id = (await client.next('QueueAdd')).actionId;
    client.send('Response: Error', `ActionID: ${id}`, 'Message: Unable to add interface: Already there');
    await expect(answer).rejects.toMatchObject({
      code: 'refused',
      message: 'PBX main refused QueueAdd: Unable to add interface: Already there',
    });
  });

  it('with a line break in a value reach no wire', async () => {
    const server = await pbx();
    const link = open(server.port);
    await link.next('ready');
    const client = await server.client();
    const bad = link.session.action('QueuePause', { Reason: 'x\r\n\r\nAction: Command' });
    await expect(bad).rejects.toMatchObject({ code: 'invalid' });
    await link.session.action('Ping');
    expect(client.actions.map((action) => action.get('Action'))).toEqual(['Login', 'Ping']);
    expect(client.written()).not.toContain('Command');
  });

  it('time out', async () => {
    const server = await pbx();
    const link = open(server.port);
    await link.next('ready');
    const answer = link.session.action('Originate', {}, { timeoutMs: 5 });
    await expect(answer).rejects.toMatchObject({ code: 'timeout' });
  });

  it('are rejected when the link is lost and never sent again', async () => {
    const server = await pbx();
    const link = open(server.port);
    await link.next('ready');
    const client = await server.client();
    const answers = ['Originate', 'QueueStatus'].map((name) => link.session.action(name));
    const settled = Promise.allSettled(answers);
    await client.next('QueueStatus');
    client.socket.destroy();
    for (const result of await settled) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'closed' } });
    }
    await link.next('ready');
    const again = await server.client();
    await link.session.action('Ping');
    expect(again.actions.map((action) => action.get('Action'))).toEqual(['Login', 'Ping']);
  });

  it('are rejected at once while there is no link', async () => {
    const server = await pbx(deafTo('Login'));
    const link = open(server.port);
    await (await server.client()).next('Login');
    const error: unknown = await link.session.action('Ping').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AmiError);
    expect(error).toMatchObject({ code: 'closed', message: 'PBX main is not connected: Ping was not sent' });
  });
});

describe('a lost link', () => {
  it('comes back, and half a message of before harms nothing', async () => {
    const server = await pbx();
    const link = open(server.port);
    await link.next('ready');
    const client = await server.client();
    client.socket.write('Event: Hangup\r\nCause: 16\r\nChann');
    client.socket.end();
    expect(await link.next('down')).toMatchObject({ reason: 'closed' });
    await link.next('ready');
    (await server.client()).send('Event: Newchannel', 'Channel: PJSIP/1001');
    expect((await link.event('Newchannel')).get('Channel')).toBe('PJSIP/1001');
    expect(link.messages.map((message) => message.event)).toEqual([
      'FullyBooted',
      'FullyBooted',
      'Newchannel',
    ]);
  });

  it('is told as a restart when Asterisk said Shutdown', async () => {
    const server = await pbx();
    const link = open(server.port, { wanted: new Set() });
    await link.next('ready');
    const client = await server.client();
    client.send('Event: Shutdown', 'Shutdown: Cleanly', 'Restart: True');
    client.socket.end();
    expect(await link.next('down')).toMatchObject({ reason: 'shutting-down' });
    await link.next('ready');
  });

  it('is dead after two pings without an answer', async () => {
    const server = await pbx(deafTo('Ping'));
    const link = open(server.port, { timing: { pingEveryMs: 1, pingTimeoutMs: 20 } });
    await link.next('ready');
    const client = await server.client();
    const down = await link.next('down');
    expect(down).toMatchObject({ reason: 'dead' });
    expect(down.message).toContain('2 pings of 20 ms each went unanswered');
    expect(client.actions.filter((action) => action.get('Action') === 'Ping')).toHaveLength(2);
  });

  it('is not dead while answers or events come', async () => {
    const server = await pbx({
      answer: (action, client) => {
        if (action.get('Action') === 'Ping') client.send('Event: Newstate', 'Channel: x');
        else acceptLogin(action, client);
      },
    });
    const link = open(server.port, { timing: { pingEveryMs: 1, pingTimeoutMs: 10 } });
    const client = await server.client();
    for (let pings = 0; pings < 5; pings += 1) await client.next('Ping');
    expect(link.session.state.kind).toBe('ready');
  });

  it('is not dead while an action of its own runs', async () => {
    const server = await pbx(deafTo('Ping', 'Originate'));
    const link = open(server.port, { timing: { pingEveryMs: 1, pingTimeoutMs: 10, actionMs: later } });
    await link.next('ready');
    const client = await server.client();
    const answer = link.session.action('Originate');
    const id = (await client.next('Originate')).actionId;
    for (let pings = 0; pings < 4; pings += 1) await client.next('Ping');
    client.send('Response: Success', `ActionID: ${id}`);
    await answer;
    expect(link.states.map((state) => state.kind)).toEqual(['connecting', 'ready']);
  });
});

describe('what keeps it down', () => {
  const answerLogin = (message: string): ScriptOptions => ({
    answer: (action, client) => {
      client.send('Response: Error', `ActionID: ${action.actionId}`, `Message: ${message}`);
      client.socket.end();
    },
  });

  it('a refused login: an alarm and a slow retry', async () => {
    const server = await pbx(answerLogin('Authentication failed'));
    const down = await open(server.port, { timing: { loginRefusedMs: 25 } }).next('down');
    expect(down).toMatchObject({ reason: 'login-refused', retryInMs: 25 });
    expect(down.message).toBe(
      `PBX main at 127.0.0.1:${server.port} refused the login of user 'ringdesk' (Authentication failed): check that manager.conf has [ringdesk] with the configured secret and a permit= line for this machine, then run "manager reload" in Asterisk.`,
    );
    await server.client();
    await server.client();
  });

  it('an Asterisk that is shutting down: a quick retry', async () => {
    const server = await pbx(answerLogin('Asterisk is shutting down'));
    const down = await open(server.port, { timing: { loginRefusedMs: later } }).next('down');
    expect(down).toMatchObject({ reason: 'shutting-down' });
    expect(down.retryInMs).toBeLessThanOrEqual(5);
  });

  it('a port where nobody listens', async () => {
    const server = await pbx();
    await server.close();
    servers.splice(0);
    const down = await open(server.port).next('down');
    expect(down).toMatchObject({ reason: 'unreachable' });
    expect(down.message).toContain(`127.0.0.1:${server.port} is not reachable (connection refused)`);
  });

  it.each([
    ['that says something else', 'SSH-2.0-OpenSSH_9.2\r\n\r\n', later],
    ['that says something else and waits', 'SSH-2.0-OpenSSH_9.2\r\n', 20],
    ['that says nothing', null, 20],
  ])('a service %s', async (_, greeting, connectMs) => {
    const server = await pbx({ greeting });
    const down = await open(server.port, { timing: { connectMs } }).next('down');
    expect(down).toMatchObject({ reason: 'protocol' });
    expect(down.message).toContain('does not speak AMI');
  });

  it('a server that closes before its greeting', async () => {
    const server = await pbx({ greeting: null });
    const link = open(server.port);
    (await server.client()).socket.end();
    expect(await link.next('down')).toMatchObject({ reason: 'closed' });
  });

  it('a login that is never answered', async () => {
    const server = await pbx(deafTo('Login'));
    const down = await open(server.port, { timing: { loginMs: 20 } }).next('down');
    expect(down).toMatchObject({ reason: 'dead' });
  });

  it('a message without an end', async () => {
    const server = await pbx();
    const link = open(server.port);
    await link.next('ready');
    const { socket } = await server.client();
    const mebibyte = `Output: ${'x'.repeat(1024 * 1024)}\r\n`;
    for (let i = 0; i < 9; i += 1) socket.write(mebibyte);
    const down = await link.next('down');
    expect(down).toMatchObject({ reason: 'protocol' });
    expect(down.message).toContain('longer than 8388608 bytes');
  });
});

describe('stopping', () => {
  it('says Logoff, closes, and stays away', async () => {
    const server = await pbx();
    const link = open(server.port);
    await link.next('ready');
    const client = await server.client();
    await link.session.stop();
    expect(client.actions.map((action) => action.get('Action'))).toEqual(['Login', 'Logoff']);
    expect(link.session.state).toMatchObject({ kind: 'down', reason: 'closed', retryInMs: 0 });
    await expect(link.session.action('Ping')).rejects.toMatchObject({ code: 'closed' });
    expect(server.connections()).toBe(1);
  });

  it('takes a bounded time when nobody answers', async () => {
    const server = await pbx(deafTo('Logoff'));
    const link = open(server.port, { timing: { stopMs: 10 } });
    await link.next('ready');
    await link.session.stop();
    expect(link.session.state.kind).toBe('down');
  });

  it('ends the waiting for a retry, and it can be started again', async () => {
    const server = await pbx();
    const link = open(server.port, { timing: { backoffMinMs: later, backoffMaxMs: later } });
    await link.next('ready');
    (await server.client()).socket.end();
    await link.next('down');
    await link.session.stop();
    link.session.start();
    await link.next('ready');
    expect(server.connections()).toBe(2);
  });

  it('ends a connection that is still being made', async () => {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const link = open(port);
    await link.session.stop();
    expect(link.states.map((state) => state.kind)).toEqual(['connecting', 'down']);
    await new Promise((resolve) => server.close(resolve));
  });
});
