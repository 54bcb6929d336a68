import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallEvent } from '@ringdesk/shared/call-events';
import { loadConfig } from '../../config/index.ts';
import { createLog } from '../../platform/log.ts';
import { createManualClock } from '../../stand-ins/asterisk-simulator/clock.ts';
import { createCompany } from '../../stand-ins/asterisk-simulator/company.ts';
import { createRandom } from '../../stand-ins/asterisk-simulator/random.ts';
import { applySnapshot, type CallModelOptions, createCallState, exportState } from '../calls/index.ts';
import { openJournal } from '../journal/index.ts';
import { callOptions, recoverCalls } from './index.ts';

const begin = Date.UTC(2026, 2, 2, 9);
const options: CallModelOptions = callOptions(loadConfig({}), { name: 'main' });

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ringdesk-recovery-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** The journal of a server that was killed after so long (ms), in the middle of a company's calls. */
function journalKilledAfter(ms: number) {
  const journal = openJournal({ dir, pbx: 'main', log: createLog({ level: 'silent', showPersonal: false }) });
  journal.rotate(exportState(createCallState(options)));
  const clock = createManualClock(begin);
  const company = createCompany({
    clock,
    seed: 3,
    callsPerSecond: 3,
    agents: 40,
    sink: ({ text }) => journal.append(Buffer.from(text)),
  });
  company.open();
  clock.advance(ms);
  journal.close();
  return openJournal({ dir, pbx: 'main', log: createLog({ level: 'silent', showPersonal: false }) });
}

function endedIn(events: readonly CallEvent[]): { end: string | null; endedAt: number }[] {
  return events.flatMap((event) =>
    event.type === 'interaction.ended'
      ? [{ end: event.interaction.end, endedAt: Date.parse(event.interaction.endedAt ?? '') }]
      : [],
  );
}

test('a call that ended while this process was dead ends at the last that the journal knows, not at the return', async () => {
  const { state } = await recoverCalls(journalKilledAfter(30_000), options);
  const anHourLater = begin + 3_600_000;
  const ended = endedIn(applySnapshot(state, { at: anHourLater, channels: [], entries: [], members: [] }));
  expect(ended.length).toBeGreaterThan(5);
  for (const { end, endedAt } of ended) {
    expect(end).toBe('unknown');
    expect(endedAt).toBeGreaterThan(begin);
    expect(endedAt).toBeLessThanOrEqual(begin + 30_001);
  }
});

test('a segment that begins with the state of another version is read all the same', async () => {
  const journal = openJournal({ dir, pbx: 'main', log: createLog({ level: 'silent', showPersonal: false }) });
  journal.rotate(JSON.stringify({ ...JSON.parse(exportState(createCallState(options))), version: 0 }));
  const channel =
    'Channel: PJSIP/trunk-1\r\nUniqueid: lab-10.1\r\nLinkedid: lab-10.1\r\nCallerIDNum: 79161234567';
  const say = (at: number, event: string) =>
    journal.append(Buffer.from(`Event: ${event}\r\nTimestamp: ${at}.0\r\n${channel}\r\n\r\n`));
  say(9, 'Hangup');
  say(10, 'Newchannel');
  say(15, 'Hangup');
  journal.close();
  const { ended, state } = await recoverCalls(journal, options);
  expect(ended.map(({ interaction }) => interaction.id)).toEqual(['lab-10.1']);
  expect(state.data.calls.size).toBe(0);
});

const quiet = createLog({ level: 'silent', showPersonal: false });
const idsOf = (ended: readonly { interaction: { id: string } }[]) =>
  ended.map(({ interaction }) => interaction.id);

/** Two segments of a busy company, and what a restart reads of them unharmed. */
async function twoSegments() {
  const journal = journalKilledAfter(20_000);
  const { state } = await recoverCalls(journal, options);
  journal.rotate(exportState(state));
  const last = '\r\nUniqueid: lab-9.1\r\nLinkedid: lab-9.1\r\nCallerIDNum: 79161234567\r\n\r\n';
  const at = (begin + 40_000) / 1000;
  journal.append(Buffer.from(`Event: Newchannel\r\nTimestamp: ${at}\r\nChannel: PJSIP/trunk-9${last}`));
  journal.append(Buffer.from(`Event: Hangup\r\nTimestamp: ${at + 5}\r\nChannel: PJSIP/trunk-9${last}`));
  journal.close();
  const whole = await recoverCalls(openJournal({ dir, pbx: 'main', log: quiet }), options);
  return { whole, files: readdirSync(dir).map((name) => join(dir, name)) };
}

test('a segment whose head is damaged begins with the calls with which the one before ended, is put aside and told', async () => {
  const { whole, files } = await twoSegments();
  const second = files.sort().at(-1) ?? '';
  writeFileSync(second, readFileSync(second, 'utf8').replace('"version"', '"versio'));
  const said: string[] = [];
  const log = { ...quiet, error: (_: unknown, text: string) => void said.push(text) };
  const again = await recoverCalls(openJournal({ dir, pbx: 'main', log: log as never }), options);
  expect(idsOf(again.ended)).toEqual(idsOf(whole.ended));
  expect([...again.state.data.calls.keys()]).toEqual([...whole.state.data.calls.keys()]);
  expect(said).toEqual([
    `${second} is damaged: what can be read of it is used, and it is kept as ${second}.damaged. Calls of that time may be lacking.`,
  ]);
  expect(readdirSync(dir)).toContain('main.000000002.ami.damaged');
});

test('fifty random damages of a segment: each time the calls are taken up, and the next segment is begun', async () => {
  const { whole, files } = await twoSegments();
  const bytes = files.map((file) => ({ file, content: readFileSync(file) }));
  const { next: random } = createRandom(11);
  let kept = 0;
  for (let round = 0; round < 50; round += 1) {
    for (const { file, content } of bytes) writeFileSync(file, content);
    const { file, content } = bytes[round % bytes.length] ?? { file: '', content: Buffer.alloc(0) };
    const from = Math.floor(random() * content.length);
    const length = [1, 40, 4096, content.length][round % 4] ?? 1;
    const damaged = Buffer.from(content);
    if (round % 5 === 4) writeFileSync(file, content.subarray(0, from));
    else {
      for (let n = from; n < Math.min(from + length, content.length); n += 1)
        damaged[n] = Math.floor(random() * 256);
      writeFileSync(file, damaged);
    }
    const journal = openJournal({ dir, pbx: 'main', log: quiet });
    const { state, ended } = await recoverCalls(journal, options);
    if (ended.length > whole.ended.length / 2) kept += 1;
    expect(journal.rotate(exportState(state))).toBe(true);
    applySnapshot(state, { at: begin + 60_000, channels: [], entries: [], members: [] });
    expect(state.data.calls.size).toBe(0);
    journal.close();
    for (const name of readdirSync(dir)) rmSync(join(dir, name));
  }
  expect(kept).toBeGreaterThan(25);
});

test('a state far larger than any message of a PBX is written down and taken up again', async () => {
  const state = createCallState(options);
  for (let n = 0; n < 12_000; n += 1) state.data.keys.set(`lab-10.${n}`, `${n}${'x'.repeat(1000)}`);
  const journal = openJournal({ dir, pbx: 'main', log: quiet });
  expect(journal.rotate(exportState(state))).toBe(true);
  expect(readFileSync(journal.toRecover()[0]?.file ?? '').length).toBeGreaterThan(12_000_000);
  const again = await recoverCalls(journal, options);
  expect(again.state.data.keys).toEqual(state.data.keys);
  journal.close();
});
