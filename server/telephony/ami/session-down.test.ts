import net from 'node:net';
import type { ScriptOptions } from './testing/scripted-server.ts';
import { createStage, deafTo, later } from './testing/session-stage.ts';

const { pbx, open, clear } = createStage();
afterEach(clear);

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
