import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { licenceMistakes } from './licences.js';

const root = join(import.meta.dirname, '../..');

const locked = (more: object) => ({ 'node_modules/x': { license: 'MIT', integrity: 'sha512-x', ...more } });

test('a package that is shipped has a licence that fits ours, and is fixed by its content', () => {
  for (const license of ['MIT', '(MIT OR GPL-2.0)', 'Apache-2.0 AND MIT'])
    expect(licenceMistakes(locked({ license }))).toEqual([]);
  for (const license of ['GPL-2.0', 'SSPL-1.0', 'MIT AND GPL-2.0', 'UNLICENSED', undefined])
    expect(licenceMistakes(locked({ license }))).toEqual([
      `node_modules/x: licence ${license ?? 'not named'}`,
    ]);
  expect(licenceMistakes(locked({ integrity: undefined }))).toEqual([
    'node_modules/x: no integrity in package-lock.json',
  ]);
});

test('what only builds and tests need is not shipped', () => {
  expect(licenceMistakes(locked({ dev: true, license: 'SSPL-1.0' }))).toEqual([]);
});

test('all that is shipped now may be', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  expect(Object.keys(packages).length).toBeGreaterThan(200);
  expect(licenceMistakes(packages)).toEqual([]);
});

test('the list of what is shipped is a CycloneDX document with the licence of each, and the sum of what is not ours', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [npm = '', ...args] = String(scripts.sbom).split(' ');
  const bom = JSON.parse(
    execFileSync(npm, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }),
  );
  expect(bom).toMatchObject({
    bomFormat: 'CycloneDX',
    specVersion: expect.stringMatching(/^1\.\d$/),
    version: 1,
  });
  expect(bom.components.length).toBeGreaterThan(100);
  const parts: { name: string; purl?: string; licenses?: unknown[]; hashes?: unknown[] }[] = bom.components;
  expect(parts.filter(({ licenses = [] }) => licenses.length === 0).map(({ name }) => name)).toEqual([]);
  const ours = ['agent-ui', 'server', 'shared'];
  const unfixed = parts.filter(({ hashes = [] }) => hashes.length === 0).map(({ name }) => name);
  expect(unfixed.filter((name) => !ours.includes(name))).toEqual([]);
});
