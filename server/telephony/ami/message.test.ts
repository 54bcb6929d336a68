import fc from 'fast-check';
import { AmiMessage } from './message.ts';

const strangeNames = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'ChanVariable(PJSIP/1001-00000001)',
];
const text = (maxLength: number) => fc.string({ unit: 'binary', maxLength });
const name = fc.oneof(
  fc.constantFrom(...strangeNames, 'Event', 'Queue'),
  text(12).filter((one) => !/[\r\n\0:]/.test(one)),
);
const value = fc.oneof(
  fc.constantFrom('', ' x', 'a: b', '\n'),
  text(20).filter((one) => !/[\r\0]/.test(one)),
);
const fields = fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 12 });

describe('AmiMessage', () => {
  const message = AmiMessage.fromText(
    [
      'Event: AgentConnect',
      'Queue: sales',
      'Variable: a=1',
      'Empty:',
      'AlsoEmpty: ',
      'Tight:value',
      'Wide:  two spaces',
      'Colons: a: b:c',
      'variable: lower case',
      'Variable: b=2',
      'no name here',
      '__proto__: polluted',
      'constructor: data',
    ].join('\r\n'),
  );

  it.each([
    ['Event', 'AgentConnect'],
    ['Queue', 'sales'],
    ['Variable', 'a=1'],
    ['Empty', ''],
    ['AlsoEmpty', ''],
    ['Tight', 'value'],
    ['Wide', ' two spaces'],
    ['Colons', 'a: b:c'],
    ['variable', 'lower case'],
    ['__proto__', 'polluted'],
    ['constructor', 'data'],
    ['Que', undefined],
    ['ueue', undefined],
    ['Colons: a', undefined],
    ['no name here', undefined],
    ['', undefined],
  ])('reads the field %j as %j', (field, expected) => {
    expect(message.get(field)).toBe(expected);
  });

  it('keeps the values of a repeated field in order', () => {
    expect(message.all('Variable')).toEqual(['a=1', 'b=2']);
    expect(message.all('Absent')).toEqual([]);
    expect(message.fields().get('Variable')).toEqual(['a=1', 'b=2']);
  });

  it('keeps fields as data in a Map', () => {
    expect(message.fields().get('__proto__')).toEqual(['polluted']);
    expect([...message.fields().keys()].slice(0, 3)).toEqual(['Event', 'Queue', 'Variable']);
  });

  it('says which of response, event and ActionID it has', () => {
    const response = AmiMessage.from([
      ['Response', 'Success'],
      ['ActionID', 'a-1'],
    ]);
    expect([response.event, response.response, response.actionId]).toEqual([undefined, 'Success', 'a-1']);
    expect([message.event, message.response, message.actionId]).toEqual([
      'AgentConnect',
      undefined,
      undefined,
    ]);
  });

  it('survives bytes that are not UTF-8 and gives them back', () => {
    const bytes = Buffer.from([
      ...Buffer.from('Event: X\r\nName: '),
      0xff,
      0xc3,
      0x28,
      ...Buffer.from('\r\n\r\n'),
    ]);
    const broken = AmiMessage.fromBytes(bytes, 0, bytes.length);
    expect(broken.get('Name')).toBe('\ufffd\ufffd(');
    expect(Buffer.from(broken.bytes).equals(bytes)).toBe(true);
  });

  it('gives back any fields that it was built from', () => {
    fc.assert(
      fc.property(fields, (pairs) => {
        const built = AmiMessage.from(pairs);
        const expected = new Map<string, string[]>();
        for (const [key, one] of pairs) expected.set(key, [...(expected.get(key) ?? []), one]);
        expect(built.fields()).toEqual(expected);
        for (const [key, values] of built.fields()) {
          expect(built.get(key)).toBe(values[0]);
          expect(built.all(key)).toEqual(values);
        }
        const bytes = Buffer.from(built.bytes);
        expect(AmiMessage.fromBytes(bytes, 0, bytes.length).text).toBe(built.text);
      }),
    );
  });

  it.each([
    ['a CR in a value', 'Name', 'a\rb'],
    ['a NUL in a value', 'Name', 'a\0b'],
    ['a colon in a name', 'Na:me', 'x'],
    ['a line break in a name', 'Na\nme', 'x'],
  ])('is not built with %s', (_, key, one) => {
    expect(() => AmiMessage.from([[key, one]])).toThrow(RangeError);
  });
});
