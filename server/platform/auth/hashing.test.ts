import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guessesFor, hashPassword, isPassword } from './hashing.ts';

test('a hash is of its password alone, and never the same twice', async () => {
  const [one, other] = await Promise.all([hashPassword('the right one'), hashPassword('the right one')]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$/);
  expect(one).not.toBe(other);
  expect(await isPassword(one, 'the right one')).toBe(true);
  expect(await isPassword(other, 'the wrong one')).toBe(false);
});

test('what is no hash fails for who asked, and the next is answered', async () => {
  await expect(isPassword('no hash', 'anything')).rejects.toThrow();
  expect(await isPassword(await hashPassword('next'), 'next')).toBe(true);
});

test('files are written while many passwords are looked at', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'ringdesk-hashing-'));
  try {
    const order: string[] = [];
    const hashes = Array.from({ length: 40 }, () => hashPassword('x').then(() => order.push('hash')));
    await writeFile(join(dir, 'draft'), 'text', { flush: true }).then(() => order.push('file'));
    await Promise.all(hashes);
    expect(order.indexOf('file')).toBeLessThan(39);
  } finally {
    await rm(dir, { recursive: true });
  }
});

test('how hard a password is to guess keeps nobody waiting', async () => {
  let turns = 0;
  const turning = setInterval(() => {
    turns += 1;
  }, 1);
  const nasty = 'aB1!'.repeat(10);
  expect(await guessesFor([nasty, nasty, nasty, nasty], [], [])).toBeLessThan(1e8);
  clearInterval(turning);
  expect(turns).toBeGreaterThan(20);
});
