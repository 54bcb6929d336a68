import { licenceMistakes } from './licences.js';

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
