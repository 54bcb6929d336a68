import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const rows = readFileSync(join(root, 'docs/security.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, point = '', promise = '', proof = '']) => ({ point, promise, proof }));

test.each(rows)('$point is proved by tests that exist, or said to be open', ({ promise, proof }) => {
  const named = [...proof.matchAll(/`(\S+)`/g)].map(([, file = '']) => file);
  expect(named.length > 0 || [promise, proof].some((cell) => cell.startsWith('open:'))).toBe(true);
  expect(named.filter((file) => !file.endsWith('.test.ts') || !existsSync(join(root, file)))).toEqual([]);
});

test('the table is read', () => {
  expect(rows.length).toBeGreaterThan(15);
});
