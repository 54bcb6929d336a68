import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallEvent } from '@ringdesk/shared/call-events';
import { loadConfig } from '../../config/index.ts';
import { createLog } from '../../platform/log.ts';
import { createManualClock } from '../../stand-ins/asterisk-simulator/clock.ts';
import { createCompany } from '../../stand-ins/asterisk-simulator/company.ts';
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
