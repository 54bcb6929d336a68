import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { PbxEvent } from '../engine/events.ts';
import { hold } from '../engine/phone.ts';
import { createHouse, type House } from '../recorded/house.ts';
import { type AmiServer, startAmiServer } from './server.ts';
import { type Client, first, openClient } from './testing/client.ts';

/** A house whose time stands still between two actions. */

let house: House;
let server: AmiServer;
let sockets: Socket[] = [];

const everything = new Set(['all']);
const accounts = [
  { username: 'all', secret: 'all', read: everything, write: everything },
  { username: 'reader', secret: 'reader', read: new Set(['system', 'call']), write: new Set(['reporting']) },
];

beforeEach(async () => {
  const publish = (event: PbxEvent): void => server?.publish(event);
  house = createHouse('sim', publish);
  server = await startAmiServer({ pbx: house.pbx, port: 0, accounts });
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  await server.close();
});

async function open(): Promise<Client> {
  const client = await openClient(server.port);
  sockets.push(client.socket);
  return client;
}

async function login(events = 'on', username = 'all'): Promise<Client> {
  const client = await open();
  const response = await client.act({
    Action: 'Login',
    Username: username,
    Secret: username,
    Events: events,
  });
  expect(first(response, 'Message')).toBe('Authentication accepted');
  return client;
}

const names = (client: Client): (string | undefined)[] =>
  client.blocks.filter((b) => b.has('Event')).map((b) => first(b, 'Event'));

async function answerTo(client: Client, fields: Record<string, string>): Promise<string> {
  const response = await client.act(fields);
  return `${first(response, 'Response')}: ${first(response, 'Message')}`;
}

test('greets as Asterisk 22, and says FullyBooted after the login', async () => {
  const socket = connect(server.port, '127.0.0.1');
  sockets.push(socket);
  const [banner] = await once(socket.setEncoding('utf8'), 'data');
  expect(banner).toBe('Asterisk Call Manager/11.0.0\r\n');
  const client = await login();
  const booted = await client.next((block) => first(block, 'Event') === 'FullyBooted');
  expect(first(booted, 'Status')).toBe('Fully Booted');
});

test('a wrong secret is refused and the door closed; nothing is done before the login', async () => {
  const client = await open();
  expect(await answerTo(client, { Action: 'QueueStatus' })).toBe('Error: Permission denied');
  const closed = once(client.socket, 'close');
  const login = { Action: 'Login', Username: 'all', Secret: 'wrong' };
  expect(await answerTo(client, login)).toBe('Error: Authentication failed');
  await closed;
});

test.each([
  [
    { Action: 'Nonsense' },
    'Error: Invalid/unknown command: Nonsense. Use Action: ListCommands to show available commands.',
  ],
  [{ Foo: 'bar' }, 'Error: Missing action in request'],
  [{ Action: 'Hangup', Channel: 'PJSIP/1001-ffffffff' }, 'Error: No such channel'],
  [{ Action: 'Hangup' }, 'Error: No channel specified'],
  [{ Action: 'BlindTransfer', Channel: 'PJSIP/x', Exten: '2001' }, 'Error: Channel specified does not exist'],
  [{ Action: 'Atxfer', Channel: 'PJSIP/x', Exten: '2001' }, 'Error: Channel specified does not exist'],
  [{ Action: 'QueuePause', Interface: 'PJSIP/9999', Paused: 'true' }, 'Error: Interface not found'],
  [{ Action: 'QueuePause', Interface: 'PJSIP/1001' }, "Error: Need 'Interface' and 'Paused' parameters."],
  [
    { Action: 'QueueAdd', Queue: 'nosuch', Interface: 'PJSIP/1008' },
    'Error: Unable to add interface to queue: No such queue',
  ],
  [
    { Action: 'QueueAdd', Queue: 'sales', Interface: 'PJSIP/1001' },
    'Error: Unable to add interface: Already there',
  ],
  [
    { Action: 'QueueRemove', Queue: 'sales', Interface: 'PJSIP/1008' },
    'Error: Unable to remove interface: Not there',
  ],
  [
    { Action: 'QueuePenalty', Queue: 'sales', Interface: 'PJSIP/1001', Penalty: '2' },
    'Success: Interface penalty set successfully',
  ],
  [{ Action: 'QueueLog', Queue: 'sales', Event: 'WRAPUP' }, 'Success: Event added successfully'],
  [{ Action: 'UserEvent', UserEvent: 'Hello', Text: 'мир' }, 'Success: Event Sent'],
])('%j is answered in Asterisk`s words', async (fields: Record<string, string>, words) => {
  expect(await answerTo(await login(), fields)).toBe(words);
});

test('a session hears what its mask and its rights let through', async () => {
  const agents = await login('agent');
  const reader = await login('on', 'reader');
  const nothing = await login('off');
  const all = await login();
  house.phones(['1001'], house.answers());
  house.call({ to: '2000', talkMs: 2000 });
  house.advance(5000);
  for (const client of [agents, reader, nothing, all]) await client.act({ Action: 'Ping' });
  expect(new Set(names(agents))).toEqual(
    new Set([
      'QueueMemberStatus',
      'QueueCallerJoin',
      'AgentCalled',
      'QueueCallerLeave',
      'AgentConnect',
      'AgentComplete',
    ]),
  );
  expect(names(reader)).toContain('Hangup');
  expect(names(reader)).not.toContain('AgentCalled');
  expect(names(nothing)).toEqual([]);
  expect(names(all).length).toBe(house.events.length + 1);
  expect(first(await nothing.act({ Action: 'Events', EventMask: 'agent,call' }), 'Events')).toBe('On');
  house.call({ to: '2000', talkMs: 2000 });
  await nothing.next((block) => first(block, 'Event') === 'AgentCalled');
});

test('who may only read may not act', async () => {
  const client = await login('on', 'reader');
  const pause = { Action: 'QueuePause', Interface: 'PJSIP/1001', Paused: 'true' };
  expect(await answerTo(client, pause)).toBe('Error: Permission denied');
  expect(await answerTo(client, { Action: 'Originate', Channel: 'PJSIP/1001', Exten: '1005' })).toBe(
    'Error: Permission denied',
  );
  expect(first(await client.act({ Action: 'CoreStatus' }), 'CoreCurrentCalls')).toBe('0');
});

test('the answer comes before the events of the action', async () => {
  const client = await login();
  await client.act({ Action: 'QueuePause', Interface: 'PJSIP/1003', Paused: 'true', Reason: 'Обед' });
  const pauses = [
    await client.next((block) => first(block, 'Event') === 'QueueMemberPause'),
    await client.next((block) => first(block, 'Event') === 'QueueMemberPause'),
  ];
  expect(pauses.map((block) => [first(block, 'Queue'), first(block, 'PausedReason')])).toEqual([
    ['support', 'Обед'],
    ['sales', 'Обед'],
  ]);
  expect(
    client.blocks.findIndex((b) => first(b, 'Message') === 'Interface paused successfully'),
  ).toBeLessThan(client.blocks.findIndex((b) => first(b, 'Event') === 'QueueMemberPause'));
});

test('lists say what is up, with the names that lists use', async () => {
  const client = await login();
  house.phones(['1001'], house.answers());
  house.phones(['1006'], house.lets);
  const talking = house.call({ to: '2000', name: 'Пётр', talkMs: 60_000 });
  const waiting = house.call({ to: '2000', number: '79160000002', talkMs: 60_000 });
  house.advance(3000);
  const channels = await client.list({ Action: 'CoreShowChannels' });
  const [customer, leg] = channels;
  if (customer === undefined || leg === undefined) throw new Error('no channels');
  expect(channels).toHaveLength(3);
  expect(first(customer, 'CallerIDName')).toBe('Пётр');
  expect(first(customer, 'Application')).toBe('Queue');
  expect(first(customer, 'Duration')).toBe('00:00:03');
  expect(first(leg, 'BridgeId')).toBe(first(customer, 'BridgeId'));
  expect(first(customer, 'BridgeId')).toMatch(/^[0-9a-f-]{36}$/);

  const status = await client.list({ Action: 'QueueStatus', Queue: 'sales' });
  expect(status.map((item) => first(item, 'Event'))).toEqual([
    'QueueParams',
    'QueueMember',
    'QueueMember',
    'QueueMember',
    'QueueEntry',
  ]);
  const [params, anna] = status;
  expect(params === undefined ? null : first(params, 'Calls')).toBe('1');
  expect(
    anna === undefined ? null : [first(anna, 'Name'), first(anna, 'Location'), first(anna, 'Status')],
  ).toEqual(['Anna Petrova', 'PJSIP/1001', '2']);
  const entry = status.at(-1);
  expect(
    entry === undefined ? null : [first(entry, 'Uniqueid'), first(entry, 'Wait'), first(entry, 'Position')],
  ).toEqual([waiting.uniqueid, '3', '1']);
  const member = await client.list({ Action: 'QueueStatus', Queue: 'sales', Member: 'PJSIP/1002' });
  expect(member.filter((item) => first(item, 'Event') === 'QueueMember')).toHaveLength(1);
  expect(await client.list({ Action: 'QueueSummary' })).toHaveLength(4);
  const extensions = await client.list({ Action: 'ExtensionStateList' });
  expect(extensions.map((item) => `${first(item, 'Exten')} ${first(item, 'StatusText')}`)).toContain(
    '1001 InUse',
  );
  const devices = await client.list({ Action: 'DeviceStateList' });
  expect(devices.map((item) => `${first(item, 'Device')} ${first(item, 'State')}`)).toContain(
    'PJSIP/1006 NOT_INUSE',
  );
  expect(talking.gone).toBe(false);
});

test('hang up, hold and transfer by the channel`s name', async () => {
  const client = await login();
  house.phones(['1001', '1004'], house.answers());
  house.call({ to: '2000', talkMs: 600_000 });
  house.advance(2000);
  const agent = [...house.pbx.channels.values()].find(({ device }) => device === 'PJSIP/1001');
  if (agent === undefined) throw new Error('nobody answered');
  hold(house.pbx, agent);
  const blind = { Action: 'BlindTransfer', Channel: agent.name, Context: 'from-agents', Exten: '2001' };
  expect(await answerTo(client, { ...blind, Exten: '7777' })).toBe('Error: Transfer invalid');
  expect(await answerTo(client, blind)).toBe('Success: Transfer succeeded');
  house.advance(2000);
  const next = [...house.pbx.channels.values()].find(({ device }) => device === 'PJSIP/1004');
  if (next === undefined) throw new Error('support did not answer');
  expect(agent.gone).toBe(true);
  house.phones(['1005'], house.answers());
  const attended = { Action: 'Atxfer', Channel: next.name, Context: 'from-agents', Exten: '1005' };
  expect(await answerTo(client, attended)).toBe('Success: Atxfer successfully queued');
  house.advance(3000);
  expect(await answerTo(client, { Action: 'Hangup', Channel: next.name })).toBe('Success: Channel Hungup');
  house.advance(1000);
  await client.act({ Action: 'Ping' });
  expect(names(client)).toContain('AttendedTransfer');
  expect([...house.pbx.channels.values()].map(({ device }) => device)).toEqual(['PJSIP/trunk', 'PJSIP/1005']);
});

test('click to dial: the agent`s phone first, with the id that was given, then the number', async () => {
  const client = await login();
  house.phones(['1001'], house.answers());
  house.pbx.onTrunkRing = house.answers(1000);
  const response = await client.act({
    Action: 'Originate',
    Channel: 'PJSIP/1001',
    Context: 'from-agents',
    Exten: '979165550001',
    Priority: '1',
    CallerID: '"Имя" <79165550001>',
    Async: 'true',
    ChannelId: 'ringdesk-1.1',
    Variable: '__CALLREF=click-1,CAMPAIGN=spring',
  });
  expect(first(response, 'Message')).toBe('Originate successfully queued');
  house.advance(3000);
  const answered = await client.next((block) => first(block, 'Event') === 'OriginateResponse');
  expect([first(answered, 'Response'), first(answered, 'Uniqueid'), first(answered, 'ActionID')]).toEqual([
    'Success',
    'ringdesk-1.1',
    first(response, 'ActionID'),
  ]);
  const variable = await client.act({
    Action: 'Getvar',
    Channel: first(answered, 'Channel') ?? '',
    Variable: 'CAMPAIGN',
  });
  expect(first(variable, 'Value')).toBe('spring');
  expect(house.pbx.channels.size).toBe(2);
});

test('a waiting caller is redirected to another queue', async () => {
  const client = await login();
  const caller = house.call({ to: '2000', talkMs: 60_000 });
  house.advance(2000);
  const moved = {
    Action: 'Redirect',
    Channel: caller.name,
    Context: 'from-agents',
    Exten: '2001',
    Priority: '1',
  };
  expect(await answerTo(client, moved)).toBe('Success: Redirect successful');
  expect(house.pbx.queues.get('sales')?.waiting).toHaveLength(0);
  expect(house.pbx.queues.get('support')?.waiting[0]?.caller).toBe(caller);
});

test('a caller is parked, once', async () => {
  const client = await login();
  house.phones(['1001'], house.answers());
  const caller = house.call({ to: '2000', talkMs: 60_000 });
  house.advance(2000);
  const parking = { Action: 'Park', Channel: caller.name, Timeout: '20000' };
  expect(await answerTo(client, parking)).toBe('Success: Park successful\n');
  const said = await client.next((block) => first(block, 'Event') === 'ParkedCall');
  expect([first(said, 'ParkeeUniqueid'), first(said, 'ParkingSpace')]).toEqual([caller.uniqueid, '701']);
  expect(await answerTo(client, parking)).toBe('Error: Park failed\n');
});

test('an action may come in any pieces, and several at once', async () => {
  const client = await login();
  for (const byte of Buffer.from('Action: UserEvent\r\nActionID: slow\r\nUserEvent: Ж\r\n\r\n')) {
    client.socket.write(Buffer.of(byte));
    await new Promise((resolve) => setImmediate(resolve));
  }
  const event = await client.next(
    (block) => first(block, 'Event') === 'UserEvent' || first(block, 'ActionID') === 'slow',
  );
  expect(first(event, 'ActionID')).toBe('slow');
  client.socket.write('Action: Ping\r\nActionID: a\r\n\r\nAction: Ping\r\nActionID: b\r\n\r\n');
  await client.next((block) => first(block, 'ActionID') === 'a');
  await client.next((block) => first(block, 'ActionID') === 'b');
  expect(client.blocks.some((block) => first(block, 'UserEvent') === 'Ж')).toBe(true);
});

test('says goodbye', async () => {
  const client = await login();
  const closed = once(client.socket, 'close');
  expect(await answerTo(client, { Action: 'Logoff' })).toBe('Goodbye: Thanks for all the fish.');
  await closed;
});

test('who does not read is cut off, and the others hear on', async () => {
  const reader = await login();
  const sleeper = await login();
  sleeper.socket.pause();
  const text = `Event: UserEvent\r\nPrivilege: user,all\r\nText: ${'x'.repeat(100_000)}\r\n\r\n`;
  for (let i = 0; i < 2000 && server.sessions.size === 2; i++) {
    server.publish({ name: 'UserEvent', eventClass: 'user', text, uniqueid: null });
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(server.sessions.size).toBe(1);
  expect(first(await reader.act({ Action: 'Ping' }), 'Ping')).toBe('Pong');
});

test('the command line knows the restart alone, and only for who may use it', async () => {
  const command = (client: Client, text: string) => answerTo(client, { Action: 'Command', Command: text });
  expect(await command(await login('on', 'reader'), 'core restart now')).toBe('Error: Permission denied');
  expect(await command(await login(), 'core show uptime')).toBe('Error: Command output follows');
});
