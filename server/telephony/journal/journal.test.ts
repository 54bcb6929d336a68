import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { frame, linkEvent, openJournal } from './index.ts';
import { segmentName, segmentNumber } from './segment.ts';

const log = pino({ level: 'silent' });
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ringdesk-journal-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const open = (more: { segmentBytes?: number; keepMs?: number; now?: () => number } = {}) =>
  openJournal({ dir, pbx: 'main', log, ...more });
const names = (files: readonly { file: string }[]) => files.map(({ file }) => file.slice(dir.length + 1));
const message = Buffer.from('Event: Hangup\r\nUniqueid: 1.2\r\n\r\n');

test('a segment name tells its PBX and number, and no other PBX is taken for it', () => {
  expect(segmentNumber('main', segmentName('main', 12))).toBe(12);
  expect(segmentNumber('main', segmentName('main-2', 12))).toBeNull();
  expect(segmentNumber('main', 'main.written')).toBeNull();
});

test('a segment begins with the state, then holds the messages as they came', () => {
  const journal = open();
  journal.rotate('{"calls":[]}');
  journal.append(message);
  journal.append(frame(linkEvent, { Link: 'down' }));
  expect(readFileSync(join(dir, segmentName('main', 1)), 'utf8')).toBe(
    'Event: RingdeskState\r\nPbx: main\r\nState: {"calls":[]}\r\n\r\nEvent: Hangup\r\nUniqueid: 1.2\r\n\r\nEvent: RingdeskLink\r\nLink: down\r\n\r\n',
  );
  journal.close();
});

test('what was appended is readable at once by another process: nothing waits in memory', () => {
  const journal = open();
  journal.rotate('{}');
  journal.append(message);
  expect(readFileSync(join(dir, segmentName('main', 1))).subarray(-message.length)).toEqual(message);
  journal.close();
});

test('a full segment is due', () => {
  const journal = open({ segmentBytes: 40 });
  journal.rotate('{}');
  journal.append(message);
  expect(journal.due()).toBe(false);
  journal.append(message);
  expect(journal.due()).toBe(true);
  journal.close();
});

test('a restart reads from the first segment with something unwritten, and always the newest', () => {
  const first = open();
  for (let n = 0; n < 4; n++) first.rotate('{}');
  first.writtenBefore(3);
  first.close();
  const again = open();
  expect(names(again.toRecover())).toEqual([segmentName('main', 3), segmentName('main', 4)]);
  again.writtenBefore(9);
  expect(names(again.toRecover())).toEqual([segmentName('main', 4)]);
  again.close();
});

test('only old segments whose interactions are all written are removed', () => {
  let at = Date.now();
  const journal = open({ keepMs: 1000, now: () => at });
  for (let n = 0; n < 3; n++) journal.rotate('{}');
  journal.writtenBefore(2);
  at += 3_600_000;
  journal.rotate('{}');
  expect(readdirSync(dir).sort()).toEqual(
    ['main.written', ...[2, 3, 4].map((n) => segmentName('main', n))].sort(),
  );
  journal.close();
});

test('several PBXs share the folder', () => {
  const one = openJournal({ dir, pbx: 'one', log });
  const two = openJournal({ dir, pbx: 'two', log });
  one.rotate('{}');
  two.rotate('{}');
  two.rotate('{}');
  expect([one.segment, two.segment]).toEqual([1, 2]);
  one.close();
  two.close();
});
