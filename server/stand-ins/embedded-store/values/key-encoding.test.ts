import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import fc from 'fast-check';
import { compareValues } from './compare.ts';
import { encodeKey, invert } from './key-encoding.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

const scalar: fc.Arbitrary<unknown> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double(),
  fc.integer(),
  fc.integer({ min: -3, max: 3 }),
  fc.integer().map((value) => new Int32(value)),
  fc.double({ noNaN: true }).map((value) => new Double(value)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => Long.fromBigInt(value)),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 53n + 5n }).map((value) => Long.fromBigInt(value)),
  fc.integer({ min: -999_999, max: 999_999 }).map((value) => Decimal128.fromString(`${value}E-2`)),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('', '\0', '\u0001', 'a\0', 'a\0b', 'a\u0001', 'a', 'ab', '\u{10000}', '\uffff'),
  fc.date({ noInvalidDate: true }),
  bytes(12).map((value) => new ObjectId(value)),
  fc.uint8Array({ maxLength: 4 }).map((value) => new Binary(value)),
  fc.integer({ min: 0, max: 2 ** 31 }).map((value) => new Timestamp({ t: value, i: 1 })),
  fc.constantFrom(new MinKey(), new MaxKey()),
  fc.constantFrom(/a/, /a/i, /b/),
);

const value: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'ab'), tie('value'), { maxKeys: 2, noNullPrototype: true }),
  ),
})).value;

describe('encoded keys', () => {
  it('are in the order of the values', () => {
    fc.assert(
      fc.property(value, value, (left, right) => {
        expect(Math.sign(Buffer.compare(encodeKey(left), encodeKey(right)))).toBe(
          Math.sign(compareValues(left, right)),
        );
      }),
      { numRuns: 3000 },
    );
  });

  it('are in the opposite order when they are inverted', () => {
    fc.assert(
      fc.property(scalar, scalar, (left, right) => {
        const order = Buffer.compare(invert(encodeKey(left)), invert(encodeKey(right)));
        expect(Math.sign(order)).toBe(-Math.sign(compareValues(left, right)) + 0);
      }),
      { numRuns: 1500 },
    );
  });

  it('keep the order when they follow one another, as in a compound index', () => {
    fc.assert(
      fc.property(value, value, value, value, (a, b, c, d) => {
        const order = Buffer.compare(
          Buffer.concat([encodeKey(a), encodeKey(b)]),
          Buffer.concat([encodeKey(c), encodeKey(d)]),
        );
        expect(Math.sign(order)).toBe(Math.sign(compareValues(a, c) || compareValues(b, d)));
      }),
      { numRuns: 1500 },
    );
  });

  it('of different values are never the beginning of one another', () => {
    fc.assert(
      fc.property(value, value, (left, right) => {
        const [a, b] = [encodeKey(left), encodeKey(right)];
        if (compareValues(left, right) === 0) expect(a.equals(b)).toBe(true);
        else expect(a.subarray(0, b.length).equals(b)).toBe(false);
      }),
      { numRuns: 1500 },
    );
  });

  it.each([
    ['1 and 1.0 and a decimal 1', [1, new Int32(1), new Double(1), Long.ONE, Decimal128.fromString('1.00')]],
    ['0 and -0', [0, new Double(-0), Decimal128.fromString('-0')]],
    [
      'a 64-bit integer and the same decimal',
      [Long.fromString('9007199254740993'), Decimal128.fromString('9007199254740993')],
    ],
  ])('are the same for %s', (_, values) => {
    expect(new Set(values.map((one) => encodeKey(one).toString('hex'))).size).toBe(1);
  });

  it.each([
    ['', '\0'],
    ['a', 'a\0b'],
    ['\0', '\u0001'],
  ])('of texts with bytes below the letters keep their order both ways: %j, %j', (less, more) => {
    const [a, b] = [encodeKey(less), encodeKey(more)];
    expect(Buffer.compare(a, b)).toBe(-1);
    expect(Buffer.compare(invert(a), invert(b))).toBe(1);
  });

  it('tell a double from the decimal that it is not', () => {
    expect(compareValues(0.1, Decimal128.fromString('0.1'))).toBeGreaterThan(0);
    expect(Buffer.compare(encodeKey(0.1), encodeKey(Decimal128.fromString('0.1')))).toBeGreaterThan(0);
  });
});
