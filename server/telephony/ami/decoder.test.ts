import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { AmiDecoder, type DecoderOptions } from './decoder.ts';
import { AmiError } from './error.ts';
import type { AmiMessage } from './message.ts';

/** From a real Asterisk 22: banner, superfluous blank lines, a bare LF in a response, Cyrillic names. */
const excerpt = readFileSync(path.join(__dirname, 'testing', 'excerpt.ami'));

function decode(
  chunks: Iterable<Uint8Array>,
  options: Partial<DecoderOptions> = {},
): { decoder: AmiDecoder; messages: AmiMessage[]; banners: string[] } {
  const messages: AmiMessage[] = [];
  const banners: string[] = [];
  const decoder = new AmiDecoder({
    ...options,
    onMessage: (message) => messages.push(message),
    onBanner: (banner) => banners.push(banner),
  });
  for (const chunk of chunks) decoder.push(chunk);
  return { decoder, messages, banners };
}

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...places, bytes.length].sort((a, b) => a - b);
  return ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
}

function texts(messages: readonly AmiMessage[]): string[] {
  return messages.map((message) => message.text);
}

const whole = decode([excerpt]);

describe('a recorded stream', () => {
  it('is decoded in order, around blank lines too many and a bare LF', () => {
    expect(whole.banners).toEqual(['Asterisk Call Manager/11.0.0']);
    expect(whole.messages.map((message) => message.event ?? message.response)).toEqual([
      'Success',
      'FullyBooted',
      'SuccessfulAuth',
      'TestEvent',
      'TestEvent',
      'DeviceStateChange',
      'VarSet',
      'VarSet',
      'VarSet',
      'VarSet',
      'Success',
      'VarSet',
      'BridgeCreate',
      'VarSet',
      'AgentConnect',
    ]);
    expect(whole.messages[10]?.get('Message')).toBe('Park successful\n');
    expect(whole.messages.at(-1)?.get('CallerIDName')).toBe('Пётр Щукин — ООО «Ёлка»');
  });

  it('is the same when it is split in two at any byte', () => {
    const expected = texts(whole.messages);
    for (let at = 0; at <= excerpt.length; at += 1) {
      const halves = decode(cut(excerpt, [at]));
      expect({ at, texts: texts(halves.messages) }).toEqual({ at, texts: expected });
      expect(halves.banners).toEqual(whole.banners);
    }
  });

  it.each([1, 2, 3, 4, 5, 7, 64, 1000])('is the same in chunks of %i bytes', (size) => {
    const places = Array.from({ length: Math.floor(excerpt.length / size) }, (_, i) => i * size);
    expect(texts(decode(cut(excerpt, places)).messages)).toEqual(texts(whole.messages));
  });

  it('keeps the received bytes, from which the same messages can be read again', () => {
    const journal = Buffer.concat(whole.messages.map((message) => message.bytes));
    const again = decode([journal]);
    expect(again.banners).toEqual([]);
    expect(texts(again.messages)).toEqual(texts(whole.messages));
    expect(excerpt.includes(journal.subarray(0, 300))).toBe(true);
  });

  it('gives no message for the half one at a cut', () => {
    expect(decode([excerpt.subarray(0, excerpt.length - 1)]).messages).toHaveLength(
      whole.messages.length - 1,
    );
  });
});

describe('any stream of any bytes', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    // Rich in what framing is made of.
    fc
      .array(
        fc.constantFrom('\r\n', '\r', '\n', '\r\n\r\n', 'Event: A', ': ', 'Asterisk Call Manager/', 'Ж', 'x'),
        { maxLength: 60 },
      )
      .map((parts) => new TextEncoder().encode(parts.join(''))),
  );

  it('gives the same messages, banners and counts however it is split', () => {
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(300), { maxLength: 20 }), (stream, places) => {
        const inside = places.filter((place) => place <= stream.length);
        const one = decode([stream], { wanted: new Set(['A']) });
        const many = decode(cut(stream, inside), { wanted: new Set(['A']) });
        expect(texts(many.messages)).toEqual(texts(one.messages));
        expect(many.banners).toEqual(one.banners);
        expect(many.decoder.events).toBe(one.decoder.events);
        expect(many.decoder.unwanted).toBe(one.decoder.unwanted);
      }),
      { numRuns: 500 },
    );
  });

  it('finds what a plain search for the blank line finds', () => {
    fc.assert(
      fc.property(bytes, (stream) => {
        const text = Buffer.from(stream).toString('latin1');
        fc.pre(!text.includes('Asterisk Call'));
        const blocks = text.split('\r\n\r\n').slice(0, -1);
        const expected = blocks.map((block) => block.replace(/^[\r\n]+/, '')).filter((block) => block !== '');
        const found = decode([stream]).messages.map((message) =>
          Buffer.from(message.bytes).toString('latin1').slice(0, -4),
        );
        // A block may end in line breaks of its own; only what is left of nothing but line breaks is no message.
        expect(found).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});

describe('wanted events', () => {
  const stream = Buffer.from(
    [
      'Response: Success\r\nActionID: a-1\r\n\r\n',
      'Event: VarSet\r\nVariable: X\r\n\r\n',
      'Event: Hangup\r\nCause: 16\r\n\r\n',
      'Event: HangupRequest\r\nCause: 16\r\n\r\n',
      'Event: QueueMember\r\nQueue: sales\r\nActionID: a-1\r\n\r\n',
      'Event: Hang\r\nActionIDs: none\r\n\r\n',
    ].join(''),
  );
  const names = (messages: readonly AmiMessage[]) => messages.map((one) => one.event ?? one.response);

  it('come through, others are counted and skipped; responses always come', () => {
    const { decoder, messages } = decode([stream], { wanted: new Set(['Hangup']) });
    expect(names(messages)).toEqual(['Success', 'Hangup']);
    expect([decoder.events, decoder.unwanted]).toEqual([5, 4]);
  });

  it('include those with an ActionID while a list is gathered', () => {
    const messages: AmiMessage[] = [];
    const decoder = new AmiDecoder({ wanted: new Set(), onMessage: (message) => messages.push(message) });
    decoder.keepActionEvents = true;
    decoder.push(stream);
    expect(names(messages)).toEqual(['Success', 'QueueMember']);
  });

  it('are told from names that only look alike in a sum', () => {
    const wanted = new Set(Array.from({ length: 500 }, (_, i) => `Event${i}`));
    const all = Array.from({ length: 1000 }, (_, i) => `Event: Event${i}\r\n\r\n`).join('');
    const { messages } = decode([Buffer.from(all)], { wanted });
    expect(names(messages)).toEqual([...wanted]);
  });
});

describe('bounds', () => {
  it('takes a response with 20,000 lines of Output in small chunks', () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `Output: line ${i} of a long answer\r\n`);
    const bytes = Buffer.from(`Response: Success\r\n${lines.join('')}\r\n`);
    const places = Array.from({ length: Math.floor(bytes.length / 1460) }, (_, i) => i * 1460);
    const { messages } = decode(cut(bytes, places));
    expect(messages).toHaveLength(1);
    expect(messages[0]?.all('Output')).toHaveLength(20_000);
    expect(messages[0]?.all('Output').at(-1)).toBe('line 19999 of a long answer');
  });

  it.each([
    ['without an end', [Buffer.from(`Event: A\r\n${'x'.repeat(2000)}`)]],
    ['with an end', [Buffer.from(`Event: A\r\n${'x'.repeat(2000)}\r\n\r\n`)]],
    ['byte by byte', cut(Buffer.from(`Event: A\r\n${'x'.repeat(2000)}`), [...Array(2000).keys()])],
  ])('refuses a message that outgrows the limit, %s', (_, chunks) => {
    const push = () => decode(chunks, { maxMessageBytes: 1000 });
    expect(push).toThrow(AmiError);
    expect(push).toThrow('a message is longer than 1000 bytes');
  });

  it('does not keep the chunk of a message that is kept', () => {
    const chunk = Buffer.from('Event: A\r\nName: Щукин\r\n\r\nEvent: B\r\nName: plain\r\n\r\n');
    const { messages } = decode([chunk]);
    chunk.fill(0);
    expect(messages.map((message) => message.get('Name'))).toEqual(['Щукин', 'plain']);
    expect(Buffer.from(messages[0]?.bytes ?? []).toString()).toBe('Event: A\r\nName: Щукин\r\n\r\n');
  });
});
