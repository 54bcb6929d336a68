import { deserialize, serialize } from 'bson';
import fc from 'fast-check';
import { createMessageSplitter, maxMessageBytes, ProtocolError, parseMessage, replyTo } from './wire.ts';

function message(code: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const header = Buffer.alloc(16);
  header.writeInt32LE(16 + body.length, 0);
  header.writeInt32LE(7, 4);
  header.writeInt32LE(code, 12);
  return Buffer.concat([header, body]);
}

function int(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

function sequence(name: string, documents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat([Buffer.from(`${name}\0`), ...documents]);
  return Buffer.concat([Buffer.of(1), int(4 + content.length), content]);
}

const command = serialize({ insert: 'c', $db: 'd' });
const docs = [serialize({ _id: 1 }), serialize({ _id: 2, text: 'я' })];

describe('OP_MSG', () => {
  it('has a command and document sequences, in any order', () => {
    for (const sections of [
      [Buffer.of(0), command, sequence('documents', docs)],
      [sequence('documents', docs), Buffer.of(0), command],
    ]) {
      const request = parseMessage(message(2013, int(0), ...sections));
      expect(deserialize(request.body)).toEqual({ insert: 'c', $db: 'd' });
      expect(request.sequences.get('documents')?.map((doc) => deserialize(doc))).toEqual([
        { _id: 1 },
        { _id: 2, text: 'я' },
      ]);
      expect(request).toMatchObject({ id: 7, legacy: false, wantsReply: true });
    }
  });

  it('may end with a checksum', () => {
    const request = parseMessage(message(2013, int(1), Buffer.of(0), command, int(0x1234)));
    expect(deserialize(request.body)).toMatchObject({ insert: 'c' });
  });

  it('may want no reply', () => {
    expect(parseMessage(message(2013, int(2), Buffer.of(0), command)).wantsReply).toBe(false);
  });

  it('may allow an exhaust reply, which is optional', () => {
    expect(parseMessage(message(2013, int(1 << 16), Buffer.of(0), command)).wantsReply).toBe(true);
  });

  it.each([
    ['an unknown required flag', message(2013, int(4), Buffer.of(0), command)],
    ['an unknown section', message(2013, int(0), Buffer.of(9), command)],
    ['no command', message(2013, int(0))],
    ['a command that is cut', message(2013, int(0), Buffer.of(0), command.subarray(0, 10))],
    ['a sequence that reaches beyond', message(2013, int(0), Buffer.of(1), int(5000), Buffer.from('x\0'))],
    ['a compressed message', message(2012, int(0))],
    ['an old insert', message(2002, int(0))],
  ])('refuses %s', (_, bytes) => {
    expect(() => parseMessage(bytes)).toThrow(ProtocolError);
  });
});

describe('OP_QUERY', () => {
  const query = (namespace: string) =>
    message(2004, int(0), Buffer.from(`${namespace}\0`), int(0), int(-1), serialize({ isMaster: 1 }));

  it('is read for the handshake and answered with OP_REPLY', () => {
    const request = parseMessage(query('admin.$cmd'));
    expect(request).toMatchObject({ legacy: true, db: 'admin' });
    const reply = replyTo(request, 3, serialize({ ok: 1 }));
    expect(reply.readInt32LE(0)).toBe(reply.length);
    expect([reply.readInt32LE(8), reply.readInt32LE(12), reply.readInt32LE(32)]).toEqual([7, 1, 1]);
    expect(deserialize(reply.subarray(36))).toEqual({ ok: 1 });
  });

  it('is refused for anything else', () => {
    expect(() => parseMessage(query('d.things'))).toThrow(/OP_MSG/);
  });
});

describe('the splitter', () => {
  const stream = [
    message(2013, int(0), Buffer.of(0), command),
    message(2013, int(0), sequence('documents', docs), Buffer.of(0), command),
    message(2004),
  ];

  it('gives the same messages wherever the stream is cut', () => {
    const whole = Buffer.concat(stream);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: whole.length }), { maxLength: 8 }), (cuts) => {
        const splitter = createMessageSplitter();
        const places = [0, ...cuts.sort((a, b) => a - b), whole.length];
        const found = places.slice(1).flatMap((end, at) => splitter.push(whole.subarray(places[at], end)));
        expect(found.map((one) => one.toString('hex'))).toEqual(stream.map((one) => one.toString('hex')));
      }),
    );
  });

  it('gives them byte by byte', () => {
    const splitter = createMessageSplitter();
    const found = [...Buffer.concat(stream)].flatMap((byte) => splitter.push(Buffer.of(byte)));
    expect(found).toHaveLength(3);
  });

  it.each([0, 15, maxMessageBytes + 1, -1])('refuses a message of %s bytes', (length) => {
    expect(() => createMessageSplitter().push(int(length))).toThrow(ProtocolError);
  });
});
