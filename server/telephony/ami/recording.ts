import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { constants, createGunzip } from 'node:zlib';
import { AmiDecoder } from './decoder.ts';
import { AmiMessage } from './message.ts';

/** One thing in a recording. `at` is ms since 1970; null before the first time that a recording of raw bytes tells. */
export type Recorded =
  | { kind: 'message'; at: number | null; message: AmiMessage }
  /** What the recorder itself noted: `connected`, `closed`. */
  | { kind: 'mark'; at: number | null; mark: string };

/** All whole messages in raw AMI bytes. A cut last message (a journal after a crash) is left out. */
export function decodeAll(bytes: Uint8Array, wanted?: ReadonlySet<string>): AmiMessage[] {
  const messages: AmiMessage[] = [];
  const decoder = new AmiDecoder({
    ...(wanted === undefined ? {} : { wanted }),
    onMessage: (message) => messages.push(message),
  });
  decoder.push(bytes);
  return messages;
}

/**
 * Reads a recorded stream, in order: raw bytes as Asterisk sent them (`.ami`, and our journals) or one JSON object a line
 * (`.jsonl`: `{"t":ms,"m":{name: value | values}}`, `{"t":ms,"mark":what}`), either also gzipped (`.gz`). Raw bytes have no arrival times:
 * there `at` is the last Timestamp seen. What a crash cut off at the end is left out; any other damage throws an Error with its place.
 */
export async function* readRecording(path: string): AsyncGenerator<Recorded> {
  const name = path.replace(/\.gz$/, '');
  const input = openRecording(path);
  if (name.endsWith('.jsonl')) yield* readLines(input, path);
  else yield* readBytes(input);
}

function openRecording(path: string): Readable {
  const file = createReadStream(path);
  if (!path.endsWith('.gz')) return file;
  // Z_SYNC_FLUSH: a compressed file that a crash cut off gives what it has, without an error.
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  file.on('error', (error) => gunzip.destroy(error));
  return file.pipe(gunzip);
}

/** What stands in a file is there already: a head of many calls, or a stretch that was overwritten, is one message, and the rest can be read. */
const longestRecorded = 512 * 1024 * 1024;

async function* readBytes(input: Readable): AsyncGenerator<Recorded> {
  let arrived: AmiMessage[] = [];
  let at: number | null = null;
  const decoder = new AmiDecoder({
    maxMessageBytes: longestRecorded,
    onMessage: (message) => arrived.push(message),
  });
  for await (const chunk of input) {
    decoder.push(chunk);
    for (const message of arrived) {
      at = timestampOf(message) ?? at;
      yield { kind: 'message', at, message };
    }
    arrived = [];
  }
}

async function* readLines(input: Readable, path: string): AsyncGenerator<Recorded> {
  let number = 0;
  let rest = '';
  const decoder = new StringDecoder('utf8');
  for await (const chunk of input) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      number += 1;
      const recorded = line.trim() === '' ? 'nothing' : parseLine(line);
      if (recorded === undefined) throw new Error(`${path}: line ${number} is not a recorded message`);
      if (recorded !== 'nothing') yield recorded;
    }
  }
  // A last line without a line end may have been cut in the middle, but need not have been.
  const last = parseLine(rest);
  if (last !== undefined && last !== 'nothing') yield last;
}

/** Undefined when the line is damaged. A banner is no message: raw recordings leave it out as well. */
function parseLine(line: string): Recorded | 'nothing' | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('t' in value)) return undefined;
  const at = value.t;
  if (typeof at !== 'number') return undefined;
  if ('mark' in value && typeof value.mark === 'string') return { kind: 'mark', at, mark: value.mark };
  if (!('m' in value) || typeof value.m !== 'object' || value.m === null) return undefined;
  const fields: [string, string][] = [];
  for (const [name, values] of Object.entries<unknown>({ ...value.m })) {
    for (const one of Array.isArray(values) ? values : [values]) fields.push([name, String(one)]);
  }
  if (fields[0]?.[0] === 'Banner') return 'nothing';
  try {
    return { kind: 'message', at, message: AmiMessage.from(fields) };
  } catch {
    return undefined;
  }
}

function timestampOf(message: AmiMessage): number | undefined {
  const seconds = Number(message.get('Timestamp'));
  return seconds > 0 ? Math.round(seconds * 1000) : undefined;
}
