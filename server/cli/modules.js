// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether node_modules holds what package-lock.json says. Compared by content (npm keeps its own record inside node_modules), because
 * file times say nothing after a checkout.
 * @param {string} root the project's folder
 */
export function modulesAreCurrent(root) {
  const lock = packagesIn(join(root, 'package-lock.json'));
  const installed = packagesIn(join(root, 'node_modules/.package-lock.json'));
  return lock !== null && installed !== null && sameModules(lock, installed);
}

/**
 * @param {Record<string, { version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean, link?: boolean }>} lock
 * @param {Record<string, { version?: string }>} installed
 */
export function sameModules(lock, installed) {
  return Object.entries(lock).every(([path, wanted]) => {
    if (!path.includes('node_modules/') || wanted.link) return true;
    const found = installed[path];
    // Optional packages for another system are in the lock, but not on the disk.
    if (!found) return wanted.optional === true || wanted.devOptional === true;
    return found.version === wanted.version;
  });
}

/** @param {string} file */
function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}
