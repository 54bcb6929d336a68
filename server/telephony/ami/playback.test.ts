import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Playback, startPlayback } from './playback.ts';
import { type OpenSession, openSession } from './testing/open-session.ts';

const excerpt = path.join(__dirname, 'testing', 'excerpt.ami');
let playback: Playback | undefined;
const sessions: OpenSession[] = [];

async function play(files: readonly string[], speed: 'real' | 'max', events: string): Promise<OpenSession> {
  playback = await startPlayback({ files, port: 0, speed });
  const link = openSession(playback.port, { events });
  sessions.push(link);
  await link.next('ready');
  return link;
}

afterEach(async () => {
  await Promise.all(sessions.splice(0).map(({ session }) => session.stop()));
  await playback?.stop();
});

describe('startPlayback', () => {
  it('plays the live events of a recording behind the snapshot, and only those', async () => {
    const link = await play([excerpt], 'max', 'on');
    expect((await link.session.action('CoreShowChannels')).events).toEqual([]);
    await link.session.action('QueueStatus', {}, { onReply: () => expect(link.messages).toHaveLength(1) });
    const last = await link.event('AgentConnect');
    expect(last.get('CallerIDName')).toBe('Пётр Щукин — ООО «Ёлка»');
    const names = link.messages.map((message) => message.event);
    expect(names.filter((name) => name === 'FullyBooted')).toHaveLength(1);
    expect(names.filter((name) => name === 'VarSet')).toHaveLength(6);
  });

  it('plays the classes that were asked for', async () => {
    const link = await play([excerpt], 'max', 'agent,system');
    await link.session.action('QueueStatus');
    await link.event('AgentConnect');
    expect(link.messages.map((message) => message.event)).toEqual(['FullyBooted', 'AgentConnect']);
  });

  it('keeps the pace of the recording when told so', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'playback-'));
    const file = path.join(folder, 'slow.jsonl');
    const line = (t: number, cause: string) =>
      `${JSON.stringify({ t, m: { Event: 'Hangup', Cause: cause } })}\n`;
    // An hour between the two: the second one must not be here when the first is.
    writeFileSync(file, line(1000, '1') + line(3_601_000, '2'));
    const link = await play([file], 'real', 'on');
    await link.session.action('QueueStatus');
    expect((await link.event('Hangup')).get('Cause')).toBe('1');
    await link.session.action('Ping');
    expect(link.messages.filter((message) => message.event === 'Hangup')).toHaveLength(1);
    rmSync(folder, { recursive: true });
  });

  it('answers all that a client asks for its snapshot, and tells its start as a PBX does', async () => {
    const link = await play([excerpt], 'max', 'off');
    const { response } = await link.session.action('CoreStatus');
    expect(response.get('CoreStartupDate')).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(response.get('CoreStartupTime')).toMatch(/^\d\d:\d\d:\d\d$/);
    for (const list of ['BridgeList', 'ExtensionStateList', 'DeviceStateList', 'SIPpeers', 'QueueStatus'])
      expect((await link.session.action(list)).events).toEqual([]);
  });

  it('says that a recording cannot act', async () => {
    const link = await play([excerpt], 'max', 'off');
    await expect(link.session.action('Originate')).rejects.toMatchObject({
      code: 'refused',
      message: 'PBX main refused Originate: This is a recording: it cannot do Originate',
    });
  });
});
