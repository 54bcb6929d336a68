import { passwordMistakes } from './passwords.ts';

const own = ['petrov', 'Пётр Петров'];

test.each([
  'password',
  '12345678',
  'qwertyui',
  'password1234',
  'qwertyuiop12',
  '1q2w3e4r5t6y',
  'aaaaaaaaaaaaaaa',
  '123456789012',
  'ringdeskringdesk',
  'petrovpetrov',
  'йцукенгшщзхъ',
  'пароль123456',
  'gfhjkmgfhjkm',
  'kX9#mPq2',
  'short',
  'x'.repeat(201),
])('%s is refused', async (password) => {
  expect(await passwordMistakes(password, own)).toMatchObject([{ path: 'password' }]);
});

test.each(['correct horse', 'a long enough password', 'зелёный чайник', 'kmzqplvtrhbd', 'Tr0ub4dor&3'])(
  '%s is taken',
  async (password) => {
    expect(await passwordMistakes(password, own)).toEqual([]);
  },
);

test('a very long one is looked at in no time', async () => {
  const before = performance.now();
  expect(await passwordMistakes('aB3$'.repeat(50), own)).toHaveLength(1);
  expect(performance.now() - before).toBeLessThan(2000);
});
