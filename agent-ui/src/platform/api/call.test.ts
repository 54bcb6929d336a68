import { endpoint } from '@ringdesk/shared/endpoint';
import { z } from 'zod';
import { call, pathOf } from './call.ts';

const contract = endpoint({
  id: 'things.change',
  method: 'PUT',
  path: '/things/:id',
  permission: 'session',
  summary: 'Changes a thing.',
  params: z.object({ id: z.string() }),
  query: z.object({ dry: z.boolean().optional(), limit: z.number().default(3) }),
  body: z.object({ name: z.string() }),
  answer: z.object({ name: z.string() }),
});

/** The server's answer, and what it was asked. */
function server(status: number, answer: unknown) {
  const asked: { path: string; method: string | undefined; body: unknown }[] = [];
  global.fetch = (path, init) => {
    asked.push({ path: String(path), method: init?.method, body: init?.body });
    return Promise.resolve(new Response(JSON.stringify(answer), { status }));
  };
  return asked;
}
const { fetch } = global;
afterEach(() => {
  global.fetch = fetch;
});

test('parameters, query and body go where the contract says', async () => {
  const asked = server(200, { name: 'new', more: 1 });
  const given = { params: { id: 'a/b' }, query: { dry: true }, body: { name: 'new' } };
  expect(await call(contract, given)).toEqual({ name: 'new' });
  expect(asked).toEqual([{ path: '/api/things/a%2Fb?dry=true', method: 'PUT', body: '{"name":"new"}' }]);
});

test('an answer of another shape than agreed is a failure', async () => {
  server(200, { nickname: 'new' });
  jest.spyOn(console, 'error').mockImplementationOnce(() => undefined);
  await expect(call(contract, { params: { id: '1' }, body: { name: '' } })).rejects.toMatchObject({
    code: 'internal',
  });
});

test('a refusal keeps its code', async () => {
  server(403, { error: { code: 'forbidden', message: 'No.' } });
  await expect(call(contract, { params: { id: '1' }, body: { name: '' } })).rejects.toMatchObject({
    code: 'forbidden',
  });
});

test('what is not given is not in the address', () => {
  expect(pathOf('/things')).toBe('/api/things');
});
