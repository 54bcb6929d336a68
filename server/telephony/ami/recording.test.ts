import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { decodeAll, type Recorded, readRecording } from './recording.ts';

const excerptPath = path.join(__dirname, 'testing', 'excerpt.ami');
const excerpt = readFileSync(excerptPath);
const folder = mkdtempSync(path.join(tmpdir(), 'recording-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function file(ending: string, content: string | Uint8Array): string {
  files += 1;
  const at = path.join(folder, `${files}${ending}`);
  writeFileSync(at, content);
  return at;
}

async function readAll(from: string): Promise<Recorded[]> {
  const all: Recorded[] = [];
  for await (const recorded of readRecording(from)) all.push(recorded);
  return all;
}

const shown = (all: readonly Recorded[]) =>
  all.map((one) => [one.at, one.kind === 'mark' ? one.mark : (one.message.event ?? one.message.response)]);

const lines = [
  '{"t":1795357657438,"mark":"connected"}',
  '{"t":1795357657439,"m":{"Banner":"Asterisk Call Manager/11.0.0"}}',
  '{"t":1795357657440,"m":{"Response":"Success","Message":"Park successful\\n","Variable":["a=1","b=2"]}}',
  '{"t":1795357657441,"m":{"Event":"Hangup","__proto__":"data"}}',
  '{"t":1795357657442,"mark":"closed"}',
].join('\n');
const read = [
  [1795357657438, 'connected'],
  [1795357657440, 'Success'],
  [1795357657441, 'Hangup'],
  [1795357657442, 'closed'],
];

describe('raw bytes', () => {
  it.each([
    ['.ami', excerpt],
    ['.ami.gz', gzipSync(excerpt)],
  ])('are read from %s with the times of their events', async (ending, content) => {
    const all = await readAll(file(ending, content));
    expect(all.map((one) => one.kind === 'message' && one.message.text)).toEqual(
      decodeAll(excerpt).map((message) => message.text),
    );
    expect(shown(all).slice(0, 3)).toEqual([
      [null, 'Success'],
      [null, 'FullyBooted'],
      [1795357669918, 'SuccessfulAuth'],
    ]);
    // A response has no Timestamp: it came when the event before it came.
    expect(shown(all)[10]).toEqual([shown(all)[9]?.[0], 'Success']);
  });

  it('end before a message that a crash cut', async () => {
    const cut = excerpt.subarray(0, excerpt.length - 10);
    expect(shown(await readAll(file('.ami', cut))).at(-1)?.[1]).toBe('VarSet');
    expect(decodeAll(cut)).toHaveLength(decodeAll(excerpt).length - 1);
  });

  it('of a compressed file that a crash cut are read as far as they go', async () => {
    const many = Buffer.concat(Array.from({ length: 50 }, () => excerpt));
    const packed = gzipSync(many, { level: 0 });
    const all = await readAll(file('.ami.gz', packed.subarray(0, packed.length / 2)));
    expect(all.length).toBeGreaterThan(300);
    expect(all.length).toBeLessThan(750);
  });
});

describe('lines of JSON', () => {
  it.each([
    ['.jsonl', `${lines}\n`],
    ['.jsonl.gz', gzipSync(lines)],
    ['.jsonl', `${lines}\n{"t":1795357657443,"m":{"Event":"Ha`],
  ])('are read from %s, marks among them, a cut last line left out', async (ending, content) => {
    const all = await readAll(file(ending, content));
    expect(shown(all)).toEqual(read);
    const [, response, hangup] = all;
    expect(response?.kind === 'message' && response.message.all('Variable')).toEqual(['a=1', 'b=2']);
    expect(response?.kind === 'message' && response.message.get('Message')).toBe('Park successful\n');
    expect(hangup?.kind === 'message' && hangup.message.get('__proto__')).toBe('data');
  });

  it.each(['{"t":1,"m"', '{"m":{}}', '[]', '{"t":1}', '{"t":1,"m":{"a":"b\\r\\nc"}}'])(
    'say where they are damaged: %s',
    async (line) => {
      await expect(readAll(file('.jsonl', `${lines}\n${line}\n{"t":2,"mark":"x"}\n`))).rejects.toThrow(
        /jsonl: line 6 is not a recorded message/,
      );
    },
  );
});

it('a file that is not there is an error', async () => {
  await expect(readAll(path.join(folder, 'none.ami.gz'))).rejects.toThrow('ENOENT');
  await expect(readAll(path.join(folder, 'none.jsonl'))).rejects.toThrow('ENOENT');
});
