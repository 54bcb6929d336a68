import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openOutboxFile } from './outbox-file.ts';

let path: string;
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'ringdesk-outbox-')), 'outbox.jsonl');
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(join(path, '..'), { recursive: true, force: true });
});

/** The methods of every open file. */
async function handles(): Promise<fs.FileHandle> {
  const handle = await fs.open(path, 'a');
  await handle.close();
  return Object.getPrototypeOf(handle);
}

const error = (code: string) => Object.assign(new Error(`${code}: injected`), { code });
const numbers = (waiting: readonly { n: number }[]) => waiting.map(({ n }) => n);

/** Lets so many items through, then the disk takes only so many bytes of the next one, or does not flush it. */
async function putWithFault(fault: { bytes: number } | { call: 'datasync' | 'truncate'; code: string }) {
  const methods = await handles();
  const { file } = await openOutboxFile(path);
  const acknowledged: number[] = [];
  const put = async (n: number) => {
    await file.append(n, { note: `note ${n}` }).then(
      () => acknowledged.push(n),
      () => undefined,
    );
  };
  await put(1);
  const spies =
    'bytes' in fault
      ? [
          jest.spyOn(methods, 'appendFile').mockImplementation(async (data) => {
            appendFileSync(path, Buffer.from(String(data)).subarray(0, fault.bytes));
            throw error('ENOSPC');
          }),
        ]
      : [jest.spyOn(methods, fault.call).mockRejectedValue(error(fault.code))];
  await put(2);
  for (const spy of spies) spy.mockRestore();
  await put(3);
  await file.close();
  return acknowledged;
}

test('whatever the byte at which the disk is full, what is acknowledged before and after is read back, and nothing else', async () => {
  const line = JSON.stringify({ n: 2, item: { note: 'note 2' } }).length + 1;
  for (let bytes = 0; bytes <= line; bytes += 1) {
    writeFileSync(path, '');
    expect(await putWithFault({ bytes })).toEqual([1, 3]);
    const again = await openOutboxFile(path);
    expect(numbers(again.waiting)).toEqual([1, 3]);
    expect(again.damaged).toBe(0);
    await again.file.close();
  }
});

test.each(['ENOSPC', 'EIO', 'EMFILE', 'EACCES'])(
  'an item that %s keeps from being flushed is not acknowledged, nor told later',
  async (code) => {
    expect(await putWithFault({ call: 'datasync', code })).toEqual([1, 3]);
    const again = await openOutboxFile(path);
    expect(numbers(again.waiting)).toEqual([1, 3]);
    await again.file.close();
  },
);

test.each(['ENOSPC', 'EMFILE', 'EACCES', 'EROFS'])(
  'a start at which %s keeps the file from being made anew goes on in the old one',
  async (code) => {
    writeFileSync(path, '{"n":1,"item":"a"}\n{"n":2,"item":"b"}\n{"done":1}\n{"n":3,"it');
    const spy = jest.spyOn(fs, 'rename').mockRejectedValue(error(code));
    const { file, waiting } = await openOutboxFile(path);
    spy.mockRestore();
    expect(numbers(waiting)).toEqual([2]);
    await file.append(4, 'd');
    await file.close();
    expect(readFileSync(path, 'utf8')).toBe(
      '{"n":1,"item":"a"}\n{"n":2,"item":"b"}\n{"done":1}\n{"n":4,"item":"d"}\n',
    );
  },
);

test('fifty random damages of the file: it opens, says how many lines are lost, and keeps the damaged file', async () => {
  const lines = Array.from(
    { length: 40 },
    (_, n) => `${JSON.stringify({ n, item: { note: `note ${n}` } })}\n`,
  );
  let state = 5;
  const random = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state % below;
  };
  for (let round = 0; round < 50; round += 1) {
    const bytes = Buffer.from(lines.join(''));
    const from = random(bytes.length);
    for (let at = from; at < Math.min(bytes.length, from + 1 + random(60)); at += 1) bytes[at] = random(256);
    writeFileSync(path, bytes);
    const { file, waiting, damaged } = await openOutboxFile(path);
    expect(waiting.length).toBeGreaterThan(30);
    if (waiting.length < 39) expect(damaged).toBeGreaterThan(0);
    if (damaged > 0) expect(readFileSync(`${path}.damaged`)).toEqual(bytes);
    await file.append(99, 'new');
    await file.close();
    const again = await openOutboxFile(path);
    expect(numbers(again.waiting)).toContain(99);
    expect(again.damaged).toBe(0);
    await again.file.close();
    rmSync(`${path}.damaged`, { force: true });
  }
});
