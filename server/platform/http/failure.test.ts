import { Refusal } from '../errors.ts';
import { refusalFrom } from './failure.ts';

const error = (name: string, more: object = {}) =>
  Object.assign(new Error('secret detail +79161234567'), { name }, more);

test.each([
  ['a refusal', new Refusal('conflict', 'taken'), 'conflict', 409],
  ['a database that is away', error('MongoServerSelectionError'), 'store-unavailable', 503],
  [
    'a body that is too large',
    error('PayloadTooLargeError', { type: 'entity.too.large', status: 413 }),
    'too-large',
    413,
  ],
  [
    'a body that is no JSON',
    error('SyntaxError', { type: 'entity.parse.failed', status: 400 }),
    'bad-input',
    400,
  ],
  [
    'a body that broke off',
    error('BadRequestError', { type: 'request.aborted', status: 400 }),
    'bad-input',
    400,
  ],
  ['a broken address', new URIError('URI malformed'), 'bad-input', 400],
  ['a body of broken gzip', error('Error', { code: 'Z_DATA_ERROR', errno: -3 }), 'bad-input', 400],
  ['a mistake of ours', new TypeError('x is undefined'), 'internal', 500],
  ['no error at all', 'oops', 'internal', 500],
])('%s', (_, thrown, code, status) => {
  expect(refusalFrom(thrown)).toMatchObject({ code, status });
});

test('what is inside an unknown error is not told', () => {
  expect(refusalFrom(error('Error')).message).not.toMatch(/secret|7916/);
});
