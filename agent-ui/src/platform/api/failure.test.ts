import { ApiFailure, codeOf, failureFrom, isPassing } from './failure.ts';

test('takes code, message and fields from our own error body', async () => {
  const failure = await failureFrom(400, {
    error: {
      code: 'bad-input',
      message: 'name: too short',
      fields: [{ path: 'name', message: 'too short' }],
    },
  });
  expect(failure).toMatchObject({
    code: 'bad-input',
    status: 400,
    fields: [{ path: 'name', message: 'too short' }],
  });
});

test.each([
  [401, null, 'not-logged-in'],
  [404, '<html>', 'not-found'],
  [413, undefined, 'too-large'],
  [418, {}, 'bad-input'],
  [500, { error: { code: 'never-heard-of', message: '' } }, 'internal'],
  [502, null, 'network'],
])('a foreign body with status %i (%j) is read as %s', async (status, body, code) => {
  expect((await failureFrom(status, body)).code).toBe(code);
});

test('only failures of the way, not of the request, are worth another try', () => {
  expect(isPassing(new ApiFailure('network', 0, ''))).toBe(true);
  expect(isPassing(new ApiFailure('store-unavailable', 503, ''))).toBe(true);
  expect(isPassing(new ApiFailure('conflict', 409, ''))).toBe(false);
  expect(isPassing(new ApiFailure('not-logged-in', 401, ''))).toBe(false);
  expect(isPassing(new Error('a bug'))).toBe(false);
  expect(codeOf(new Error('a bug'))).toBe('internal');
});
