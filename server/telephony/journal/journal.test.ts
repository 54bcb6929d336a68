import fs, { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { decodeAll } from '../ami/index.ts';
import { createHeadReader, frame, linkEvent, openJournal, stateFrames } from './index.ts';
import { segmentName, segmentNumber } from './segment.ts';

const log = pino({ level: 'silent' });
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ringdesk-journal-'));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(dir, { recursive: true, force: true });
});

const open = (more: Partial<Parameters<typeof openJournal>[0]> = {}) =>
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
    'Event: RingdeskState\r\nPbx: main\r\nSum: _MvlSc0PqWzS9iB27nQvEyk1fbc\r\nState: {"calls":[]}\r\n\r\nEvent: Hangup\r\nUniqueid: 1.2\r\n\r\nEvent: RingdeskLink\r\nLink: down\r\n\r\n',
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

test('a state of any size stands in pieces, whatever letters they end with, and is put together again', () => {
  const state = JSON.stringify({ name: 'Вера 🙂 '.repeat(40), text: '  : , 🙂🙂🙂' });
  for (let longest = 1; longest < 30; longest += 1) {
    const read = createHeadReader();
    const told = decodeAll(Buffer.concat(stateFrames('main', state, longest))).map((message) =>
      read(message),
    );
    expect(told.at(-1)).toEqual({ kind: 'whole', state });
    expect(told.slice(0, -1).every(({ kind }) => kind === 'more')).toBe(true);
  }
});

test('a head that lost a piece or a letter is told from one that is whole', () => {
  const frames = stateFrames('main', '{"a":"0123456789"}', 6);
  const readAll = (some: readonly Uint8Array[]) => {
    const read = createHeadReader();
    return decodeAll(Buffer.concat(some)).map((message) => read(message).kind);
  };
  expect(readAll(frames)).toEqual(['more', 'more', 'whole']);
  expect(readAll([frames[0], frames[2]].flatMap((one) => one ?? []))).toEqual(['more', 'damaged']);
  const bent = frames.map((one) => Buffer.from(one.toString().replace('5', '6')));
  expect(readAll(bent)).toEqual(['more', 'more', 'damaged']);
});

const codes = ['ENOSPC', 'EMFILE', 'EACCES', 'EROFS', 'EIO', 'ENOENT'];
const calls = [
  'writeSync',
  'openSync',
  'fsyncSync',
  'renameSync',
  'readdirSync',
  'rmSync',
  'statSync',
  'writeFileSync',
  'ftruncateSync',
] as const;
const faults = calls.flatMap((call) => codes.map((code) => ({ call, code })));

/** Fails this call of the file system from now on; `mend` ends it. */
function failing({ call, code }: { call: (typeof calls)[number]; code: string }) {
  const spy = jest.spyOn(fs, call).mockImplementation((() => {
    throw Object.assign(new Error(`${code}: injected`), { code });
  }) as never);
  return { mend: () => spy.mockRestore() };
}

test.each(faults)(
  '$code at $call at any moment stops nothing, and all is written again after it',
  (fault) => {
    let time = 0;
    let at = Date.now();
    const said: unknown[] = [];
    const told = {
      ...log,
      error: (_: unknown, text: string) => said.push(text),
      warn: (_: unknown, text: string) => said.push(text),
      info: () => undefined,
    };
    const journal = open({
      log: told as never,
      segmentBytes: 100,
      keepMs: 1,
      now: () => at,
      uptime: () => time,
    });
    journal.rotate('{}');
    journal.append(message);
    journal.rotate('{}');
    const { mend } = failing(fault);
    at += 3_600_000;
    for (let n = 0; n < 5; n += 1) {
      journal.append(message);
      journal.writtenBefore(n);
      time += 1500;
      if (journal.due()) journal.rotate('{"during":"fault"}');
    }
    mend();
    journal.append(message);
    time += 1500;
    if (journal.status().kind === 'failing') {
      expect(journal.due()).toBe(true);
      // Once, not at each message.
      expect(said.filter((text) => String(text).startsWith('The journal cannot be written'))).toHaveLength(1);
      expect(journal.rotate('{"after":"fault"}')).toBe(true);
    }
    expect(journal.status()).toEqual({ kind: 'written' });
    journal.append(message);
    journal.close();
    const newest = open().toRecover().at(-1);
    const text = readFileSync(newest?.file ?? '', 'utf8');
    expect(decodeAll(Buffer.from(text)).length).toBe(text.split('\r\n\r\n').length - 1);
    expect(text.endsWith(message.toString())).toBe(true);
    expect(readdirSync(dir).filter((name) => name.endsWith('.ami.new'))).toEqual([]);
    expect(open().toRecover()[0]?.segment).toBeGreaterThanOrEqual(2);
  },
);

test('while no new segment can be begun, the old one goes on', () => {
  const journal = open();
  journal.rotate('{}');
  const { mend } = failing({ call: 'fsyncSync', code: 'ENOSPC' });
  expect(journal.rotate('{}')).toBe(false);
  journal.append(message);
  expect(journal.segment).toBe(1);
  expect(readFileSync(join(dir, segmentName('main', 1))).subarray(-message.length)).toEqual(message);
  expect(journal.status()).toEqual({ kind: 'failing', why: 'ENOSPC: injected' });
  mend();
  journal.close();
});

test("after a start without room the last run's segment goes on behind its last whole message", () => {
  writeFileSync(join(dir, segmentName('main', 7)), 'Event: Newchannel\r\nUniqueid: 1.1\r\n\r\nEvent: Hang');
  const journal = open();
  const { mend } = failing({ call: 'fsyncSync', code: 'ENOSPC' });
  expect(journal.rotate('{}')).toBe(false);
  journal.append(message);
  mend();
  expect(readFileSync(join(dir, segmentName('main', 7)), 'utf8')).toBe(
    `Event: Newchannel\r\nUniqueid: 1.1\r\n\r\n${message}`,
  );
  expect(journal.rotate('{}')).toBe(true);
  expect(journal.segment).toBe(8);
  journal.close();
});
