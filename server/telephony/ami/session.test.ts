import { AmiError } from './error.ts';
import { acceptLogin } from './testing/scripted-server.ts';
import { createStage, deafTo, later } from './testing/session-stage.ts';

const { pbx, open, clear } = createStage();
afterEach(clear);

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
