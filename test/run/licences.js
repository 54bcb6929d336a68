#!/usr/bin/env node
// @ts-check
/**
 * Checks what is shipped: every production package has a licence that may go with AGPL-3.0-or-later, and its content is fixed by the lock file.
 * Plain JavaScript on Node's own modules, as the other checks. Prints one line for each package that must not be there; ends with 1 then.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** https://www.gnu.org/licenses/license-list.html: compatible with version 3 of the GPL family. */
const allowed = new Set([
  '0BSD',
  'AGPL-3.0-or-later',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MPL-2.0',
  // Of fonts: may go with any program.
  'OFL-1.1',
  'Unlicense',
]);

/** Not told to npm by their authors; read in the package. */
const readByUs = new Map([['node_modules/xmlhttprequest-ssl', 'MIT']]);

/**
 * @typedef {{ dev?: boolean, link?: boolean, license?: string, integrity?: string, version?: string }} Locked
 * @param {Record<string, Locked>} packages of package-lock.json
 * @returns {string[]} what is wrong, one line each
 */
export function licenceMistakes(packages) {
  return Object.entries(packages).flatMap(([path, one]) => {
    if (one.dev === true || one.link === true) return [];
    const mistakes = [];
    const licence = one.license ?? readByUs.get(path);
    if (!isAllowed(licence)) mistakes.push(`${path || 'the project'}: licence ${licence ?? 'not named'}`);
    if (path.includes('node_modules/') && !one.integrity)
      mistakes.push(`${path}: no integrity in package-lock.json`);
    return mistakes;
  });
}

/** @param {string | undefined} expression SPDX: one of an OR is enough, of an AND each is needed */
function isAllowed(expression) {
  if (expression === undefined) return false;
  return expression
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((licence) => allowed.has(licence.trim())));
}

if (import.meta.filename === process.argv[1]) {
  const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8'));
  const mistakes = licenceMistakes(lock.packages);
  for (const line of mistakes) console.error(line);
  process.exitCode = mistakes.length > 0 ? 1 : 0;
}
