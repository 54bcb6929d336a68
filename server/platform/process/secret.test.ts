import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CannotStart } from './cannot-start.ts';
import { sessionSecret } from './secret.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ringdesk-secret-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('a secret is made once, is long, and can be read by its user alone', () => {
  const made = sessionSecret(dir);
  expect(made.length).toBeGreaterThan(40);
  expect(sessionSecret(dir)).toBe(made);
  expect(statSync(join(dir, 'session-secret')).mode & 0o777).toBe(0o600);
});

test('one that a power cut left empty is made anew', () => {
  writeFileSync(join(dir, 'session-secret'), '\n');
  const made = sessionSecret(dir);
  expect(readFileSync(join(dir, 'session-secret'), 'utf8')).toBe(`${made}\n`);
});

test('one that could be guessed is refused with what to do', () => {
  writeFileSync(join(dir, 'session-secret'), 'x\n');
  expect(() => sessionSecret(dir)).toThrow(CannotStart);
  expect(() => sessionSecret(dir)).toThrow(/holds fewer than 16 characters.* Remove it/);
});

test('one that cannot be written or read is one line', () => {
  expect(() => sessionSecret(join(dir, 'nowhere'))).toThrow(
    /session-secret cannot be read or written \(ENOENT/,
  );
});
