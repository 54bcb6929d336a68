import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Interaction } from '@ringdesk/shared/interaction';
import { type Followed, followCalls } from './followed.ts';
import { type AmiProbe, type Lab, startLab } from './lab.ts';
import { play, scenarios } from './scenarios/index.ts';

/** Single scenarios with real phones: what our client and call model make of them, and that queue_log says the same. */
describe('played on a real Asterisk', () => {
  const directory = mkdtempSync(join(tmpdir(), 'ringdesk-lab-'));
  let lab: Lab;
  let ami: AmiProbe;
  let followed: Followed;
  const known: string[] = [];

  beforeAll(async () => {
    lab = await startLab();
    ami = await lab.probe();
    followed = await followCalls(lab, directory);
  }, 300_000);
  afterAll(async () => {
    await followed?.stop();
    await lab?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  /** The interaction in a few words: `direction outcome | entries | legs`. */
  const inWords = ({ direction, outcome, entries, legs }: Interaction) =>
    [
      `${direction} ${outcome}`,
      entries.map((entry) => `${entry.queue} ${entry.outcome} ${entry.agent ?? '-'}`).join(', '),
      legs
        .map((leg) => `${leg.agent} ${leg.outcome}`)
        .sort()
        .join(', '),
    ].join(' | ');

  /** Plays it, and expects one interaction, of which queue_log says the same except for `differs`. */
  async function played(name: string, differs: string[] = []): Promise<Interaction> {
    const scenario = scenarios.find((one) => one.name === name);
    if (!scenario) throw new Error(`no scenario ${name}`);
    const before = followed.interactions.length;
    await play(scenario, { lab, ami });
    const { comparison } = await settled();
    const found = comparison.mismatches.flatMap(({ what }) => what);
    known.push(...differs);
    expect(found).toEqual(known);
    expect(followed.interactions.length).toBe(before + 1);
    const interaction = followed.interactions[before];
    if (!interaction) throw new Error(`no interaction of ${name}`);
    return interaction;
  }

  /** Asterisk's last words on a call are still on their way for a moment after its last channel is gone. */
  async function settled() {
    await ami.action({ Action: 'Ping' });
    for (let n = 0; n < 40 && followed.live() > 0; n++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    return followed.compare();
  }

  test.each([
    ['exit-with-key', 'inbound callback | sales callback - | 1001 caller-left'],
    ['answered', 'inbound answered | sales answered 1001 | 1001 answered'],
    [
      'ringall',
      'inbound answered | complaints answered 1007 | 1006 elsewhere, 1007 answered, 1008 elsewhere',
    ],
    ['local-member', 'inbound answered | sales answered 1008 | 1008 answered'],
    [
      'blind-transfer-queue',
      'inbound answered | sales answered 1001, support answered 1004 | 1001 answered, 1004 answered',
    ],
    ['attended-transfer', 'inbound answered | sales answered 1001 | 1001 answered, 1005 answered'],
    [
      'attended-transfer-refer-queue',
      'inbound answered | sales answered 1001, support answered 1004 | 1001 answered, 1004 answered',
    ],
    ['queue-timeout-voicemail', 'inbound voicemail | sales timeout - | 1001 missed'],
    ['originate', 'outbound answered |  | 1001 answered'],
    ['internal-group', 'internal answered |  | 1005 elsewhere, 1006 answered'],
    ['announce-caller-gone', 'inbound short-abandoned | sales short-abandoned - | 1001 caller-left'],
    [
      'local-member-busy',
      'inbound answered | complaints answered 1008 | 1005 busy, 1007 elsewhere, 1008 answered',
    ],
    ['freepbx-queue', 'inbound answered | 490 answered 401 | 401 answered'],
    ['freepbx-followme', 'inbound answered |  | 404 elsewhere'],
    ['mikopbx-queue', 'inbound answered | QUEUE-4F2A91C7 answered 421 | 421 answered'],
    ['wazo-queue', 'inbound answered | help-desk answered 411 | 411 answered'],
    ['queue-confirm-refused', 'inbound flowed-out | support refused - | 1004 declined'],
    ['wazo-queue-refused', 'inbound flowed-out | help-desk refused - | 411 missed'],
    ['switchboard', 'inbound answered |  | 411 answered'],
  ])(
    '%s',
    async (name, expected) => {
      expect(inWords(await played(name))).toBe(expected);
    },
    60_000,
  );

  test('a pickup is credited to who took the call; queue_log has it under the agent whose phone rang', async () => {
    const expected = 'inbound answered | sales answered 1002 | 1001 elsewhere, 1002 answered';
    expect(inWords(await played('pickup', ['agent']))).toBe(expected);
  }, 60_000);

  test('so is one that the phone sent on, to a colleague whom queue_log cannot name', async () => {
    const expected = 'inbound answered | sales answered 1005 | 1001 elsewhere, 1005 answered';
    expect(inWords(await played('forward'))).toBe(expected);
  }, 60_000);

  test('a withheld number is no number, although the carrier tells it', async () => {
    expect(await played('anonymous-pai')).toMatchObject({ number: null, presentation: 'withheld' });
  }, 60_000);

  test('the survey’s score and a Cyrillic name arrive as they were given', async () => {
    expect((await played('csat')).survey).toEqual({ score: 5 });
    expect((await played('cyrillic')).name).toBe('Пётр Щукин — ООО «Ёлка»');
  }, 90_000);

  test('the PBX is killed in mid-call: the call ends as unknown, and the next one is seen as ever', async () => {
    await lab.clear();
    await lab.phones(['1001']);
    const connected = ami.event('AgentConnect');
    const before = followed.interactions.length;
    lab.call({ to: '2000', talkMs: 60_000 });
    await connected;
    await lab.kill();
    await lab.start();
    await followed.ended(before + 1);
    expect(followed.interactions[before]).toMatchObject({ end: 'unknown', outcome: 'answered' });

    ami = await lab.probe();
    expect(inWords(await played('answered'))).toBe('inbound answered | sales answered 1001 | 1001 answered');
  }, 60_000);
});
