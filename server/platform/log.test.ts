import { MongoBulkWriteError, MongoServerError } from 'mongodb';
import { impersonal } from './log.ts';

const number = '+79161234567';
const person = { number, name: 'Анна Петрова', note: 'owes us money', email: 'anna@mail.example' };

function duplicate() {
  return new MongoServerError({
    message: `E11000 duplicate key error collection: ringdesk.customers index: number dup key: { number: "${number}" }`,
    code: 11000,
    keyValue: { number },
  });
}

function bulk() {
  return Object.assign(Object.create(MongoBulkWriteError.prototype), {
    message: `write failed for ${number}`,
    stack: `MongoBulkWriteError: write failed for ${number}\n    at run (/app/server/store.ts:1:1)`,
    code: 8000,
    writeErrors: [{ err: { op: person } }],
  });
}

test.each<[string, unknown]>([
  ['a duplicate key', duplicate()],
  ['a bulk write', bulk()],
  ['a wrapped error', new Error('it broke', { cause: bulk() })],
  ['a text that was thrown', `no way to ${number}`],
  ['a parse error that quotes', new SyntaxError(`Unexpected token in JSON: "${person.name}"`)],
  ['an address of mail', new Error(`${person.email} bounced`)],
])('%s says nothing of the person', (_what, error) => {
  const text = JSON.stringify(impersonal(error));
  for (const value of Object.values(person)) expect(text).not.toContain(value);
  expect(text).not.toContain('79161234567');
});

test('what went wrong and where can still be read', () => {
  expect(impersonal(duplicate())).toMatchObject({
    type: 'MongoServerError',
    code: 11000,
    message: expect.stringMatching(
      /^E11000 duplicate key error collection: ringdesk\.customers index: number dup key/,
    ),
    stack: expect.stringContaining('log.test.ts'),
  });
});

test('a port and a time are no telephone numbers', () => {
  expect(impersonal(new Error('connect ECONNREFUSED 127.0.0.1:27017 after 2000 ms'))).toMatchObject({
    message: 'connect ECONNREFUSED 127.0.0.1:27017 after 2000 ms',
  });
});
