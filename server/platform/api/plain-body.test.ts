import { isPlain } from './plain-body.ts';

/** An array in an array in an array. */
function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

test.each<[string, unknown, boolean]>([
  ['a customer', { name: 'Anna', phones: [{ number: '+79161234567', label: null }], tags: ['vip'] }, true],
  ['a text', 'text', true],
  ['no body', undefined, true],
  ['as deep as is taken', nested(16), true],
  ['deeper', nested(17), false],
  ['as deep as fits', nested(30_000), false],
  [
    'a hundred thousand keys',
    Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`k${at}`, at])),
    false,
  ],
  ['many small objects', Array.from({ length: 5001 }, () => ({})), false],
])('%s', (_what, value, plain) => {
  expect(isPlain(value)).toBe(plain);
});
